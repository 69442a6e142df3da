package dev.heddle.message;

import dev.heddle.endpoint.Message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A message of a client: a whole message, or a control frame, which may come between the fragments
/// of one.
///
/// The byte arrays of [Text] and [Binary] are lent: they are valid until the next call of
/// [MessageReader#readNext].
public sealed interface Incoming {

    /// A data message: `bytes[offset, offset + length)`.
    sealed interface Data extends Incoming, Message {
        byte[] bytes();

        int offset();

        @Override
        default boolean isText() {
            return this instanceof Text;
        }

        @Override
        default String text() {
            if (!isText()) {
                throw new IllegalStateException("a binary message has no text");
            }
            return new String(bytes(), offset(), length(), StandardCharsets.UTF_8);
        }

        @Override
        default byte[] toByteArray() {
            return Arrays.copyOfRange(bytes(), offset(), offset() + length());
        }

        @Override
        default ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes(), offset(), length()).slice().asReadOnlyBuffer();
        }
    }

    /// A text message, valid UTF-8.
    record Text(byte[] bytes, int offset, int length) implements Data {}

    /// A binary message.
    record Binary(byte[] bytes, int offset, int length) implements Data {}

    /// A ping, to be answered by a pong with the same payload.
    record Ping(byte[] payload) implements Incoming {}

    /// A pong, asked for or not.
    record Pong() implements Incoming {}

    /// A Close frame.
    ///
    /// @param code the peer's close code, or [dev.heddle.frame.CloseCode#NO_STATUS_RECEIVED] when
    ///   the frame was empty
    record Close(int code) implements Incoming {}
}
