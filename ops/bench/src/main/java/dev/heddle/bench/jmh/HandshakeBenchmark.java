package dev.heddle.bench.jmh;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Settings;
import dev.heddle.config.Subprotocols;
import dev.heddle.handshake.Handshake;
import dev.heddle.handshake.Origins;
import dev.heddle.handshake.Outcome;
import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.RequestHead;

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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The opening handshake: request head to response.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class HandshakeBenchmark {
    @Param({"minimal", "browser"})
    public String head = "";

    private final BufferPool small = new BufferPool(4 << 10, 16);
    private final BufferPool large = new BufferPool(16 << 10, 16);
    private final HeadLimits limits = HeadLimits.of(Settings.defaults().limits());
    private final Origins origins = new Origins(List.of(), List.of());
    private InputStream in = InputStream.nullInputStream();

    @Setup
    public void prepare() {
        in = new Samples.Endless(Samples.handshake(head.equals("browser")));
    }

    /// A head that arrives in one read.
    @Benchmark
    public RequestHead parse() throws IOException, BadRequest {
        try (HeadReader reader = new HeadReader(in, small, large, limits)) {
            return Objects.requireNonNull(reader.read());
        }
    }

    /// The same, and the response to it.
    @Benchmark
    public Outcome parseAndReply() throws IOException, BadRequest {
        try (HeadReader reader = new HeadReader(in, small, large, limits)) {
            return Handshake.decide(
                    Objects.requireNonNull(reader.read()), "http", origins, Subprotocols.NONE);
        }
    }
}
