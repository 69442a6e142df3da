package dev.heddle.user;

import dev.heddle.hub.Fact;

import org.jspecify.annotations.Nullable;

/// A message of somebody, which its receivers get as the push `msg`.
///
/// @param id its sender's name for it (`msgID` on the wire), which becomes the push's `seq`; may be
///   empty
/// @param from the user whom it is from
/// @param target the user whom alone it is for, which tells the receiver that nobody else has it;
///   empty when it is for a room, and in what gowebsocket's routes send
/// @param text what it says; any text
public record Message(String id, String from, String target, String text) {

    /// A message without a target.
    public Message(String id, String from, String text) {
        this(id, from, "", text);
    }

    /// The same for one user alone.
    public Message to(String user) {
        return new Message(id, from, user, text);
    }

    /// The same as a publication to a room.
    dev.heddle.broker.Message toPublish(@Nullable String except) {
        return new dev.heddle.broker.Message(
                dev.heddle.broker.Message.Kind.TEXT,
                text,
                from.isEmpty() ? null : from,
                id.isEmpty() ? null : id,
                except);
    }

    /// The fact that the message becomes when it is sent to one user.
    Fact toFact() {
        return new Fact.Sent(id, from, target, text);
    }
}
