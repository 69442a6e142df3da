package dev.heddle.bench.jmh;

import dev.heddle.frame.EncodedFrame;

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

import java.util.concurrent.TimeUnit;

/// Encoding a publication, once for all its receivers: the frame itself and its bytes are all that
/// it may allocate.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class EncodingBenchmark {
    @Param({"16", "125", "4096", "65536"})
    public int payloadBytes;

    private byte[] payload = {};

    @Setup
    public void prepare() {
        payload = Samples.text(payloadBytes, true);
    }

    @Benchmark
    public EncodedFrame encode() {
        return EncodedFrame.text(payload, 0, payloadBytes);
    }
}
