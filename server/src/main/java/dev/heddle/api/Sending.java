package dev.heddle.api;

import dev.heddle.api.MessageIds.Claim;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Sends the messages of `/api/v1`, each id once. **Thread-safe.**
///
/// @param ids those under which something was sent
/// @param maxTextBytes UTF-8 bytes of one text
record Sending(MessageIds ids, int maxTextBytes) {

    /// What the caller is told.
    ///
    /// @param sent whether this call has sent the message
    /// @param duplicate whether an earlier one has
    record Sent(boolean sent, boolean duplicate) {}

    /// A message as a caller writes it.
    ///
    /// @param id name of the message; without one, it is sent however often it is asked for
    /// @param from whom it is from; nobody if left out
    Message message(@Nullable String id, @Nullable String from, @Nullable String text)
            throws Refusal {
        return new Message(
                Texts.name("id", id),
                Texts.name("from", from),
                Texts.required("text", text, maxTextBytes));
    }

    /// Sends, unless the same was sent under that id. If that fails the id is free again.
    ///
    /// @param to whom it is for, in words of the route's own
    /// @param send returns whether the message was taken
    /// @throws Refusal if it was not, if the id was used for something else, or if another call is
    ///   sending under it just now
    Answer once(Message message, String to, BooleanSupplier send) throws Refusal {
        if (message.id().isEmpty()) {
            return send(send);
        }
        String content = content(message, to);
        Optional<Claim> claim = ids.claim(message.id(), content);
        if (claim.isEmpty() && ids.isOfOther(message.id(), content)) {
            throw new Refusal(
                    ProblemType.ID_TAKEN, "another message, or to others, was sent under it");
        }
        if (claim.isEmpty() && ids.isUnderWay(message.id())) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "a message with this id is being sent; try again");
        }
        return claim.isEmpty()
                ? Answer.json(new Sent(false, true))
                : send(() -> sendAs(claim.get(), send));
    }

    /// All that a message says, and to whom: no two different ones make the same text.
    static String content(Message message, String to) {
        return to.length()
                + "\n"
                + to
                + message.from().length()
                + "\n"
                + message.from()
                + message.text();
    }

    private boolean sendAs(Claim claim, BooleanSupplier send) {
        boolean isSent = false;
        try {
            isSent = send.getAsBoolean();
            return isSent;
        } finally {
            if (isSent) {
                ids.confirm(claim);
            } else {
                ids.release(claim);
            }
        }
    }

    private static Answer send(BooleanSupplier send) throws Refusal {
        if (!send.getAsBoolean()) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "the server is draining, or the receiver does not read");
        }
        return Answer.json(new Sent(true, false));
    }
}
