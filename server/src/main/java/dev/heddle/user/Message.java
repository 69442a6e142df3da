package dev.heddle.user;

import dev.heddle.command.Envelope;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.json.RawJson;

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
                RawJson.ofText(text).text(),
                from.isEmpty() ? null : from,
                id.isEmpty() ? null : id,
                except);
    }

    /// The push, once for all its receivers.
    EncodedFrame encode() {
        byte[] push = Envelope.msg(id, from, target, text);
        return EncodedFrame.text(push, 0, push.length);
    }
}
