package dev.heddle.handshake;

/// The outcome of an opening handshake.
public sealed interface Outcome permits Accepted, Rejection {}
