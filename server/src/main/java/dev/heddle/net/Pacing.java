package dev.heddle.net;

import dev.heddle.config.Paces;

/// How often one connection may want something for next to nothing; made once for all of them.
///
/// @param controlFrames of a WebSocket
/// @param requests of HTTP
/// @param runQueue what else it rests for
public record Pacing(Pace controlFrames, Pace requests, RunQueue runQueue) {

    /// The paces of a configuration.
    public static Pacing of(Paces paces, RunQueue runQueue) {
        return new Pacing(
                Pace.of(paces.maxControlFramesPerSecond()),
                Pace.of(paces.maxRequestsPerSecond()),
                runQueue);
    }
}
