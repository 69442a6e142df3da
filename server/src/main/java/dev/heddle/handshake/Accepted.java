package dev.heddle.handshake;

import dev.heddle.deflate.Agreement;

import java.util.Optional;

/// The connection is a WebSocket once this response is written.
///
/// @param response the whole response with status 101, as it goes on the wire
/// @param agreement about compression, if there is one
public record Accepted(byte[] response, Optional<Agreement> agreement) implements Outcome {}
