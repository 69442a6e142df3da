package dev.heddle.clients;

import java.nio.ByteBuffer;

/// What a client tells its user.
sealed interface Event {

    /// A whole text message.
    record Text(String text) implements Event {
        @Override
        public String toString() {
            return "text of %d characters: %.60s".formatted(text.length(), text);
        }
    }

    /// A whole binary message.
    record Binary(ByteBuffer bytes) implements Event {}

    /// A pong.
    record Pong(ByteBuffer payload) implements Event {}

    /// The connection is closed, after a closing handshake or with a code that the client makes up.
    record Closed(int code, String reason) implements Event {}

    /// The client has given up.
    record Failed(String how) implements Event {}
}
