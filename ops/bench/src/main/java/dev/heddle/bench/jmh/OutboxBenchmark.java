package dev.heddle.bench.jmh;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.outbox.Outbox;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Writers;
import dev.heddle.telemetry.Counters;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Offering frames to an outbox and draining it to a socket that takes them at once.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class OutboxBenchmark {
    @Param({"1", "64"})
    public int frames;

    private final Counters counters = new Counters();
    private final Sink sink = new Sink();
    private final byte[] response = new byte[129];
    private OutboxContext context = context();
    private Outbox outbox = new Outbox(sink, context);
    private List<EncodedFrame> batch = List.of();

    private OutboxContext context() {
        return new OutboxContext(
                Samples.bounds(), new Writers(counters), new BufferPool(16 << 10, 16), counters);
    }

    @Setup
    public void prepare() {
        context = context();
        outbox = new Outbox(sink, context);
        outbox.begin(response);
        batch = Collections.nCopies(frames, EncodedFrame.text("x".repeat(125)));
    }

    /// As the hub does: the frames are written by one of the writers' threads, for whom this waits.
    @Benchmark
    public int offerAndAwaitWriter() {
        int taken = outbox.offerAll(batch, 0);
        outbox.awaitFlushed();
        return taken;
    }

    /// As a new connection does: a new outbox, in which frames gather until its thread has written
    /// the handshake's response, and then writes them.
    @Benchmark
    public int offerAndDrain() {
        Outbox opening = new Outbox(sink, context);
        int taken = opening.offerAll(batch, 0);
        opening.begin(response);
        return taken;
    }

    /// As `/echo` does: frames are written by the thread that sends them.
    @Benchmark
    public void send() {
        for (EncodedFrame frame : batch) {
            outbox.send(frame);
        }
    }
}
