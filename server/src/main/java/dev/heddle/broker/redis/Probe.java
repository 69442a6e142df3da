package dev.heddle.broker.redis;

import java.util.concurrent.atomic.AtomicLong;

/// How long the node's own message takes through Redis and back: the lag between a publication and
/// its delivery to this node. While one is on the way for longer, that time counts.
/// **Thread-safe.**
final class Probe {
    private static final long NONE = 0;

    private final AtomicLong lagNanos;
    private final AtomicLong sentNanos = new AtomicLong(NONE);

    /// @param lagNanos is kept up to date
    Probe(AtomicLong lagNanos) {
        this.lagNanos = lagNanos;
    }

    /// One is sent now.
    void sent() {
        long now = System.nanoTime();
        if (!sentNanos.compareAndSet(NONE, now)) {
            lagNanos.accumulateAndGet(now - sentNanos.get(), Math::max);
        }
    }

    /// One has come back.
    void heard() {
        long sent = sentNanos.getAndSet(NONE);
        if (sent != NONE) {
            lagNanos.set(System.nanoTime() - sent);
        }
    }
}
