package dev.heddle.net;

import dev.heddle.frame.CloseCode;
import dev.heddle.frame.ProtocolViolation;

/// Why the reading of a connection ends early: a deadline has passed or the server stops; and the
/// Close frame that says so.
enum Expiry {
    HEAD(CloseCode.POLICY_VIOLATION, "request head not finished in time"),
    MESSAGE(
            ProtocolViolation.MESSAGE_TOO_SLOW.closeCode(),
            ProtocolViolation.MESSAGE_TOO_SLOW.reason()),
    PONG(CloseCode.GOING_AWAY, "no pong in time"),
    IDLE(CloseCode.GOING_AWAY, "idle for too long"),
    GOING_AWAY(CloseCode.GOING_AWAY, "server is going away");

    final int closeCode;
    final String reason;

    Expiry(int closeCode, String reason) {
        this.closeCode = closeCode;
        this.reason = reason;
    }
}
