package dev.heddle.handshake;

import dev.heddle.http.Response;
import dev.heddle.http.Status;

import java.util.List;
import java.util.stream.Stream;

/// Why an opening handshake is rejected, one constant per rule of RFC 6455, sections 4.2.1 and
/// 4.2.2.
public enum Rejection implements Outcome {
    OLD_HTTP(
            Status.VERSION_NOT_SUPPORTED,
            "a WebSocket needs HTTP/1.1, which nginx speaks with proxy_http_version 1.1"),
    UPGRADE_LOST(
            Status.UPGRADE_REQUIRED,
            "the Upgrade header is missing; a proxy must pass it on, and Connection too"),
    NO_UPGRADE(Status.UPGRADE_REQUIRED, "this path speaks WebSocket only"),
    NO_CONNECTION_UPGRADE(Status.BAD_REQUEST, "Connection does not say Upgrade"),
    WRONG_VERSION(Status.UPGRADE_REQUIRED, "only WebSocket version 13 is spoken here"),
    BAD_KEY(Status.BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in Base64"),
    ORIGIN_NOT_ALLOWED(Status.FORBIDDEN, "origin not allowed"),
    BAD_SUBPROTOCOLS(Status.BAD_REQUEST, "Sec-WebSocket-Protocol is no list of names"),
    NO_SUBPROTOCOL(Status.BAD_REQUEST, "Sec-WebSocket-Protocol offers no subprotocol spoken here");

    private final Status status;
    private final String reason;

    Rejection(Status status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /// Why, in a fixed text.
    public String reason() {
        return reason;
    }

    /// All reasons.
    public static List<String> reasons() {
        return Stream.of(values()).map(Rejection::reason).toList();
    }

    /// The answer.
    public Response response() {
        Response response = Response.text(status, reason);
        return status == Status.UPGRADE_REQUIRED
                ? response.with("Upgrade", "websocket")
                        .with("Connection", "Upgrade")
                        .with("Sec-WebSocket-Version", "13")
                : response;
    }
}
