package dev.heddle.hub;

/// What becomes of a receiver that has no room for what it is offered.
public enum Lag {
    /// It is waited for: the server itself is behind, or the peer has taken something just now.
    AWAITED,

    /// Nobody waits for it: its peer takes nothing, and so it now takes more than it has room for.
    SET_ASIDE,

    /// It has been set aside for too long or has too much to catch up with, and ends as a slow
    /// consumer.
    TOO_SLOW
}
