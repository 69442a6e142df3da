package dev.heddle.telemetry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The counts of an engine beyond this process. **Thread-safe.**
public final class EngineCounts {
    /// Questions to the engine.
    public final LongAdder calls = new LongAdder();

    /// Questions that the engine did not answer, or refused.
    public final LongAdder failures = new LongAdder();

    /// Times that something was missing of what it said by itself.
    public final LongAdder gaps = new LongAdder();

    /// Publications that were read from logs because it had not said them, or not in time.
    public final LongAdder filled = new LongAdder();

    /// Times that it was listened to anew.
    public final LongAdder reconnections = new LongAdder();

    /// Leases of other nodes that had ended, and were cleared away here.
    public final LongAdder leasesEnded = new LongAdder();

    /// Times that this node's own lease had ended.
    public final LongAdder leasesLost = new LongAdder();

    /// Channels whose subscribers had to be told that something is lost.
    public final LongAdder lost = new LongAdder();

    /// The time from a publication to its delivery to this node, in nanoseconds, as last measured.
    public final AtomicLong lagNanos = new AtomicLong();
}
