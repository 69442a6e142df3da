package dev.heddle.broker.redis;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// A user in a place, as far as this node is concerned: what is so, and what the engine knows of
/// it. **Guarded by [RedisRoster].**
final class Seat {
    final String place;
    final String user;
    @Nullable String info;

    /// Whether this node has the user there.
    boolean isTaken;

    /// How long the user may come back.
    Duration grace = Duration.ZERO;

    /// As which node the engine was told; `null` if it was not, or was told otherwise since.
    @Nullable String toldAs;

    /// Whether a thread is telling the engine.
    boolean isTelling;

    Seat(String place, String user) {
        this.place = place;
        this.user = user;
    }

    /// No two different seats have the same.
    static String key(String place, String user) {
        return place + '\n' + user;
    }
}
