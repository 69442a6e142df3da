package dev.heddle.handshake;

/// The connection is a WebSocket once this response is written.
///
/// @param response the whole response with status 101, as it goes on the wire
public record Accepted(byte[] response) implements Outcome {}
