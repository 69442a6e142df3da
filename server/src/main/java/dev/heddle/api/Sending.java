package dev.heddle.api;

import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

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

    /// Sends, unless something was sent under that id. If that fails the id is free again.
    ///
    /// @param send returns whether the message was taken
    /// @throws Refusal if it was not, or another call is sending under that id just now
    Answer once(Message message, BooleanSupplier send) throws Refusal {
        String id = message.id();
        if (!id.isEmpty() && !ids.claim(id)) {
            if (ids.isUnderWay(id)) {
                throw new Refusal(
                        ProblemType.NOT_TAKEN, "a message with this id is being sent; try again");
            }
            return Answer.json(new Sent(false, true));
        }
        boolean isSent = false;
        try {
            isSent = send.getAsBoolean();
        } finally {
            if (isSent) {
                ids.confirm(id);
            } else {
                ids.release(id);
            }
        }
        if (!isSent) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "the server is draining, or the receiver does not read");
        }
        return Answer.json(new Sent(true, false));
    }
}
