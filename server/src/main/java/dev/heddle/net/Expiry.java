package dev.heddle.net;

import dev.heddle.frame.CloseCode;
import dev.heddle.frame.ProtocolViolation;

/// Which deadline of a connection has passed, and the Close frame that says so.
enum Expiry {
    HEAD(CloseCode.POLICY_VIOLATION, "request head not finished in time"),
    MESSAGE(
            ProtocolViolation.MESSAGE_TOO_SLOW.closeCode(),
            ProtocolViolation.MESSAGE_TOO_SLOW.reason()),
    PONG(CloseCode.GOING_AWAY, "no pong in time"),
    IDLE(CloseCode.GOING_AWAY, "idle for too long");

    final int closeCode;
    final String reason;

    Expiry(int closeCode, String reason) {
        this.closeCode = closeCode;
        this.reason = reason;
    }
}
