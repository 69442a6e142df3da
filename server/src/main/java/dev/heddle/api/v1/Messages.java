package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.control.Flaw;
import dev.heddle.control.Receivers;
import dev.heddle.control.Sender;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Messages as callers of `/api/v1` write them, and what callers are told of their fate.
/// **Thread-safe.**
record Messages(Sender sender) {

    /// The answer to a caller.
    ///
    /// @param sent whether this call has sent the message
    /// @param duplicate whether an earlier one has
    private record Sent(boolean sent, boolean duplicate) {}

    /// Makes a message of what a caller wrote.
    ///
    /// @param id name of the message; without one, it is sent however often it is asked for
    /// @param from whom it is from; nobody if left out
    Message message(@Nullable String id, @Nullable String from, @Nullable String text)
            throws Refusal {
        Message message = new Message(orEmpty(id), orEmpty(from), orEmpty(text));
        requireNone(sender.flaw(message));
        if (message.text().isEmpty()) {
            throw Refusal.badRequest("text is missing");
        }
        return message;
    }

    /// Sends a message.
    ///
    /// @throws Refusal if it was not taken, if its id was used for something else, or if another
    ///   call is sending under it just now
    Answer send(Message message, Receivers receivers) throws Refusal {
        return switch (sender.once(message, receivers)) {
            case SENT -> sent();
            case DUPLICATE -> Answer.json(new Sent(false, true));
            case ID_TAKEN ->
                    throw new Refusal(
                            ProblemType.ID_TAKEN,
                            "a different message, or to other receivers, was sent under this id");
            case UNDER_WAY ->
                    throw new Refusal(
                            ProblemType.NOT_TAKEN,
                            "a message with this id is being sent; try again");
            case NOT_TAKEN ->
                    throw new Refusal(
                            ProblemType.NOT_TAKEN,
                            "the server is draining, or the receiver does not read");
        };
    }

    /// The answer to a caller whose message is sent.
    static Answer sent() {
        return Answer.json(new Sent(true, false));
    }

    /// Refuses what has a flaw.
    static void requireNone(Optional<Flaw> flaw) throws Refusal {
        if (flaw.isPresent()) {
            throw Refusal.badRequest(
                    switch (flaw.get().part()) {
                        case ID -> flaw.get().in("id");
                        case SENDER -> flaw.get().in("from");
                        case TEXT -> flaw.get().in("text");
                    });
        }
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
