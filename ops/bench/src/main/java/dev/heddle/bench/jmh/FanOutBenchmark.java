package dev.heddle.bench.jmh;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.hub.Lag;
import dev.heddle.hub.Subscriber;
import dev.heddle.outbox.Outbox;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Writers;
import dev.heddle.telemetry.Counters;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// The hub's loop over 10,000 subscribers, per delivery, while it is kept busy and so works in
/// batches.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class FanOutBenchmark {
    private static final int SUBSCRIBERS = 10_000;
    private static final int PUBLICATIONS = 640;
    private static final int QUEUED = 64;
    private static final long PAUSE_NANOS = 20_000;

    /// What each subscriber does: nothing but count, or queue in an outbox whose peer takes
    /// everything at once.
    @Param({"counts", "outbox"})
    public String subscriber = "";

    private final Counters counters = new Counters();
    private final EncodedFrame frame = EncodedFrame.text("x".repeat(100));
    private final Hub hub = new Hub(QUEUED, 1 << 20, counters);
    private final Fanout fanout = hub.fanout();
    private final Sink sink = new Sink();
    private LongSupplier delivered = () -> 0;
    private long published;

    /// Has room for everything.
    private static final class Counting extends Subscriber {
        private volatile long frames;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // the hub's loop alone writes it
        public int offerAll(List<EncodedFrame> offered, int from) {
            frames += offered.size() - from;
            return offered.size();
        }

        @Override
        public void awaitRoom(int bytes, long maxMillis) {
            throw new IllegalStateException("there is room");
        }

        @Override
        public void whenWritten(Runnable action) {
            action.run();
        }

        @Override
        public Lag lag() {
            return Lag.AWAITED;
        }

        @Override
        public void goAway() {}
    }

    private static final class Queueing extends Subscriber {
        private final Outbox outbox;

        Queueing(Outbox outbox) {
            this.outbox = outbox;
            outbox.begin(new byte[0]);
        }

        @Override
        public int offerAll(List<EncodedFrame> offered, int from) {
            return outbox.offerAll(offered, from);
        }

        @Override
        public void awaitRoom(int bytes, long maxMillis) {
            outbox.awaitRoom(bytes, maxMillis);
        }

        @Override
        public void whenWritten(Runnable action) {
            outbox.whenWritten(action);
        }

        @Override
        public Lag lag() {
            return Lag.AWAITED;
        }

        @Override
        public void goAway() {}
    }

    @Setup
    public void subscribe() {
        hub.start();
        if (subscriber.equals("counts")) {
            // The loop goes backwards: who came first is served last.
            Counting first = new Counting();
            delivered = () -> first.frames * SUBSCRIBERS;
            fanout.subscribe(first);
            for (int i = 1; i < SUBSCRIBERS; i++) {
                fanout.subscribe(new Counting());
            }
        } else {
            OutboxContext context =
                    new OutboxContext(
                            Samples.bounds(),
                            new Writers(counters),
                            new BufferPool(16 << 10, 16),
                            counters);
            delivered = () -> sink.bytes.sum() / frame.length();
            for (int i = 0; i < SUBSCRIBERS; i++) {
                fanout.subscribe(new Queueing(new Outbox(sink, context)));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS * PUBLICATIONS)
    public void publish() {
        for (int i = 0; i < PUBLICATIONS; i++) {
            fanout.publish(new Fact.Raw(frame));
        }
        published += PUBLICATIONS;
        while (delivered.getAsLong() < published * SUBSCRIBERS) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @TearDown
    public void stop() {
        hub.stop();
    }
}
