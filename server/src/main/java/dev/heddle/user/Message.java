package dev.heddle.user;

import dev.heddle.command.Envelope;
import dev.heddle.frame.EncodedFrame;

/// A message of somebody, which its receivers get as the push `msg`.
///
/// @param id its sender's name for it (`msgID` on the wire), which becomes the push's `seq`; may be
///   empty
/// @param from the user whom it is from
/// @param text what it says; any text
public record Message(String id, String from, String text) {

    /// The push, once for all its receivers.
    EncodedFrame encode() {
        byte[] push = Envelope.msg(id, from, text);
        return EncodedFrame.text(push, 0, push.length);
    }
}
