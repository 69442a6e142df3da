package dev.heddle.net;

import dev.heddle.frame.CloseCode;

/// Why the reading of a connection ends early: a deadline has passed or the server stops; and the
/// Close frame that says so.
enum Expiry {
    HEAD(CloseCode.POLICY_VIOLATION, "request head not finished in time"),
    MESSAGE(CloseCode.POLICY_VIOLATION, "message not finished in time"),
    PONG(CloseCode.GOING_AWAY, "no pong in time"),
    IDLE(CloseCode.GOING_AWAY, "idle for too long"),
    NO_ROOM(CloseCode.TRY_AGAIN_LATER, "no room for unfinished messages"),
    GOING_AWAY(CloseCode.GOING_AWAY, "server is going away");

    final int closeCode;
    final String reason;

    Expiry(int closeCode, String reason) {
        this.closeCode = closeCode;
        this.reason = reason;
    }
}
