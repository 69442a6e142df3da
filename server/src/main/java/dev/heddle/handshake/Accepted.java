package dev.heddle.handshake;

import java.util.Optional;

/// The connection is a WebSocket once this response is written.
///
/// @param response the whole response with status 101, as it goes on the wire
/// @param subprotocol the one that it agrees on
public record Accepted(byte[] response, Optional<String> subprotocol) implements Outcome {}
