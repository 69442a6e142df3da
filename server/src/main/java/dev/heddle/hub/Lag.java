package dev.heddle.hub;

/// The hub's decision about a receiver without room.
public enum Lag {
    /// The hub waits: the server itself is behind, or the peer has taken something just now.
    AWAITED,

    /// Nobody waits for it: its peer takes nothing, and so it now takes more than it has room for.
    SET_ASIDE,

    /// The receiver has been set aside for too long or has too much to catch up with, and ends as a
    /// slow consumer.
    TOO_SLOW
}
