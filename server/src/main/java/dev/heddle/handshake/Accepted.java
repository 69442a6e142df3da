package dev.heddle.handshake;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The connection is a WebSocket once the response is written.
///
/// @param accept value of the response's `Sec-WebSocket-Accept`
/// @param subprotocol the one that is agreed on
/// @param extensions value of the response's `Sec-WebSocket-Extensions`
public record Accepted(String accept, Optional<String> subprotocol, Optional<String> extensions)
        implements Outcome {
    private static final String UPGRADE =
            String.join(
                    "\r\n",
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: ");

    private static final String PROTOCOL = "\r\nSec-WebSocket-Protocol: ";
    private static final String EXTENSIONS = "\r\nSec-WebSocket-Extensions: ";

    /// The same with extensions.
    public Accepted with(String agreed) {
        return new Accepted(accept, subprotocol, Optional.of(agreed));
    }

    /// The same with that subprotocol, or none.
    public Accepted speaking(Optional<String> agreed) {
        return new Accepted(accept, agreed, extensions);
    }

    /// The whole response with status 101, as it goes on the wire.
    public byte[] response() {
        String head =
                UPGRADE
                        + accept
                        + subprotocol.map(PROTOCOL::concat).orElse("")
                        + extensions.map(EXTENSIONS::concat).orElse("")
                        + "\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }
}
