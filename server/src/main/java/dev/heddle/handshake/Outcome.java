package dev.heddle.handshake;

/// What an opening handshake comes to.
public sealed interface Outcome permits Accepted, Rejection {}
