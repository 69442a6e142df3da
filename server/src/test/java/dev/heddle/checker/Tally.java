package dev.heddle.checker;

import dev.heddle.checker.Lifeline.Cut;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// What happens in a trial, counted. **Thread-safe.**
final class Tally {
    private static final int EXAMPLES = 10;

    final LongAdder acknowledged = new LongAdder();
    final LongAdder indeterminate = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder subscribed = new LongAdder();
    final LongAdder recovered = new LongAdder();
    final LongAdder recoveredMessages = new LongAdder();
    final LongAdder breaks = new LongAdder();
    final LongAdder overrun = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder returns = new LongAdder();

    /// How connections ended: cut by us in some way, or by the server with some code.
    private final ConcurrentMap<String, LongAdder> ends = new ConcurrentSkipListMap<>();

    private final LongAdder troubles = new LongAdder();
    private final Queue<String> someTroubles = new ConcurrentLinkedQueue<>();

    private final ConcurrentMap<String, LongAdder> cuts = new ConcurrentSkipListMap<>();

    void cut(Cut how) {
        cuts.computeIfAbsent(how.toString(), _ -> new LongAdder()).increment();
    }

    void end(String how) {
        ends.computeIfAbsent(how, _ -> new LongAdder()).increment();
    }

    long ends(String how) {
        return ends.getOrDefault(how, new LongAdder()).sum();
    }

    /// What no server should do, and is not to be seen in logs.
    void trouble(String what) {
        troubles.increment();
        if (someTroubles.size() < EXAMPLES) {
            someTroubles.add(what);
        }
    }

    long troubles() {
        return troubles.sum();
    }

    /// The first few of them, in words.
    Queue<String> someTroubles() {
        return someTroubles;
    }

    String progress() {
        return "%,d acknowledged, %,d received, %,d recoveries, %,d breaks, %s"
                .formatted(acknowledged.sum(), received.sum(), recovered.sum(), breaks.sum(), ends);
    }

    @Override
    public String toString() {
        return """
        published   %,d acknowledged, %,d without any answer; asked again %,d times
        received    %,d, of these %,d by recovery
        subscribed  %,d anew, %,d recovered, %,d declared breaks; \
        %,d left a channel and came back, %,d were overrun
        cut         %s; readers saw %s
        stalled     %,d
        """
                .formatted(
                        acknowledged.sum(),
                        indeterminate.sum(),
                        retried.sum(),
                        received.sum(),
                        recoveredMessages.sum(),
                        subscribed.sum(),
                        recovered.sum(),
                        breaks.sum(),
                        returns.sum(),
                        overrun.sum(),
                        cuts,
                        ends,
                        stalls.sum());
    }
}
