package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.telemetry.Counters;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Asks Redis, and counts that. **Thread-safe**; waits as [Redis].
final class Counting {
    /// The number of background tasks that run at once.
    private static final int AT_ONCE = 6;

    private final Redis redis;
    private final Counters counters;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final RandomGenerator random = new SecureRandom();

    Counting(Redis redis, Counters counters) {
        this.redis = redis;
        this.counters = counters;
    }

    Redis redis() {
        return redis;
    }

    Counters counters() {
        return counters;
    }

    /// Names a log as none was named before.
    String freshEpoch() {
        return Long.toHexString(random.nextLong());
    }

    /// Does a script.
    Object run(Script script, List<String> keys, List<String> arguments) {
        return counted(() -> redis.run(script, keys, arguments));
    }

    /// Does something of which there may be very much, a few at once.
    <T> T inTurn(Supplier<T> call) {
        turns.acquireUninterruptibly();
        try {
            return call.get();
        } finally {
            turns.release();
        }
    }

    <T> T counted(Supplier<T> call) {
        counters.engine.calls.increment();
        try {
            return call.get();
        } catch (BrokerUnavailable failed) {
            counters.engine.failures.increment();
            throw failed;
        }
    }
}
