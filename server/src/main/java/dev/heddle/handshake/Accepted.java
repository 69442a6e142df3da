package dev.heddle.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The connection is a WebSocket once this response is written.
///
/// @param response the whole response with status 101, as it goes on the wire
/// @param subprotocol the one that it agrees on
public record Accepted(byte[] response, Optional<String> subprotocol) implements Outcome {
    private static final int END_BYTES = 2;

    /// The same with extensions.
    ///
    /// @param extensions value of the response's `Sec-WebSocket-Extensions`
    public Accepted with(String extensions) {
        String head =
                new String(response, 0, response.length - END_BYTES, StandardCharsets.US_ASCII);
        String longer = head + "Sec-WebSocket-Extensions: " + extensions + "\r\n\r\n";
        return new Accepted(longer.getBytes(StandardCharsets.US_ASCII), subprotocol);
    }
}
