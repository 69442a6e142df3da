package dev.heddle.bench.jmh;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.Settings;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.message.Incoming;
import dev.heddle.message.MessageReader;
import dev.heddle.message.UnfinishedBytes;

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

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/// Reading a text message that has arrived whole: header, unmasking, validation, and the message
/// that the session gets.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class MessageBenchmark {
    @Param({"16", "125", "1024"})
    public int textBytes;

    private final EndpointLimits limits = Settings.defaults().endpoints().ws().limits();
    private final UnfinishedBytes unfinished = new UnfinishedBytes(1 << 20);
    private final UnfinishedBytes.Peer peer = new LonePeer();
    private final BufferPool buffers = new BufferPool(4 << 10, 4);
    private InputStream in = InputStream.nullInputStream();

    @Setup
    public void prepare() {
        in = new Samples.Endless(Samples.frame(Samples.TEXT, Samples.text(textBytes, true)));
    }

    /// With readers of its own, as after a time at rest.
    @Benchmark
    public Incoming readOne() throws IOException, ProtocolViolation {
        try (Intake intake = new Intake(in, buffers, buffers);
                MessageReader messages =
                        new MessageReader(
                                new FrameReader(intake), limits, unfinished.share(peer))) {
            return messages.readNext();
        }
    }
}
