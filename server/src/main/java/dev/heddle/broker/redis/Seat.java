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

    /// The node's name under which the engine knows the user there; `null` if it may not know.
    @Nullable String toldAs;

    /// The node's name under which the engine was last told so, whether it answered or not; `null`
    /// once it knows that the user is not there.
    @Nullable String triedAs;

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
