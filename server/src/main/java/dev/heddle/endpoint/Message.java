package dev.heddle.endpoint;

import java.nio.ByteBuffer;

/// A whole message from a client, text or binary, all its fragments together.
///
/// Its bytes are lent: it is valid until [Endpoint#message] returns, and for that thread only. What
/// [#text] and [#toByteArray] return is yours for good.
///
/// Heddle implements it; in tests of endpoints you may.
public interface Message {

    /// Whether it is a text message. If not, it is a binary one.
    boolean isText();

    /// How many bytes its payload has.
    int length();

    /// The text.
    ///
    /// @throws IllegalStateException if it is a binary message
    String text();

    /// The payload, copied. That of a text message is valid UTF-8.
    byte[] toByteArray();

    /// The payload as it has come, read-only and not copied.
    ByteBuffer buffer();
}
