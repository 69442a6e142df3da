package dev.heddle.session;

import dev.heddle.endpoint.Message;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.message.Incoming;

/// Turns messages of endpoints into frames. Pure.
final class Frames {
    private Frames() {}

    /// The frame that carries the same message to others.
    static EncodedFrame of(Message message) {
        return switch (message) {
            case Incoming.Text(byte[] bytes, int offset, int length) ->
                    EncodedFrame.text(bytes, offset, length);
            case Incoming.Binary(byte[] bytes, int offset, int length) ->
                    EncodedFrame.binary(bytes, offset, length);
            default ->
                    message.isText()
                            ? EncodedFrame.text(message.text())
                            : of(message.toByteArray());
        };
    }

    static EncodedFrame of(byte[] bytes) {
        return EncodedFrame.binary(bytes, 0, bytes.length);
    }
}
