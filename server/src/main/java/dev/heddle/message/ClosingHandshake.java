package dev.heddle.message;

/// Where a connection is in the closing handshake (RFC 6455, section 7.1). Pure.
///
/// | state | may we send data | what a Close frame from the peer means |
/// |---|---|---|
/// | `OPEN` | yes | the peer begins: answer it, then close the connection |
/// | `CLOSE_SENT` | no | the peer answers: close the connection |
/// | `CLOSED_BY_US`, `CLOSED_BY_PEER` | no | nothing: it came after the peer's first |
public enum ClosingHandshake {
    OPEN,
    CLOSE_SENT,
    CLOSED_BY_US,
    CLOSED_BY_PEER;

    /// The state after we have sent a Close frame first.
    public ClosingHandshake afterSending() {
        return this == OPEN ? CLOSE_SENT : this;
    }

    /// The state after the peer's Close frame, and our answer where one is due.
    public ClosingHandshake afterReceiving() {
        return this == OPEN ? CLOSED_BY_PEER : this == CLOSE_SENT ? CLOSED_BY_US : this;
    }

    /// The side that has begun the end: `server`, `client`, or `network` as long as neither has.
    public String initiator() {
        return switch (this) {
            case OPEN -> "network";
            case CLOSE_SENT, CLOSED_BY_US -> "server";
            case CLOSED_BY_PEER -> "client";
        };
    }

    /// Whether a Close frame from the peer has to be answered by one of ours.
    public boolean owesAnswer() {
        return this == OPEN;
    }
}
