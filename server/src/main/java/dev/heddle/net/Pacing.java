package dev.heddle.net;

import dev.heddle.config.Paces;

/// How often one connection may want something for next to nothing; made once for all of them.
///
/// @param controlFrames of a WebSocket
/// @param requests of HTTP
public record Pacing(Pace controlFrames, Pace requests) {

    /// The paces of a configuration.
    public static Pacing of(Paces paces) {
        return new Pacing(
                Pace.of(paces.maxControlFramesPerSecond()), Pace.of(paces.maxRequestsPerSecond()));
    }
}
