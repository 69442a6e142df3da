package dev.heddle.bench.jmh;

import dev.heddle.frame.FrameHeader;
import dev.heddle.frame.ProtocolViolation;

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

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Decoding a frame's header. The reader needs only its numbers.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class HeaderBenchmark {
    @Param({"16", "1024", "65536"})
    public int payloadBytes;

    private byte[] frame = {};

    @Setup
    public void prepare() {
        frame = Samples.frame(Samples.BINARY, new byte[payloadBytes]);
    }

    @Benchmark
    public long decode() throws ProtocolViolation {
        FrameHeader header =
                Objects.requireNonNull(FrameHeader.decode(frame, 0, frame.length, false));
        return header.payloadLength() + header.maskingKey();
    }
}
