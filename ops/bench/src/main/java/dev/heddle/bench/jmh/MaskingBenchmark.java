package dev.heddle.bench.jmh;

import dev.heddle.frame.Masking;

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

/// Unmasking a payload where it lies.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class MaskingBenchmark {
    @Param({"16", "125", "1024", "4096", "65536"})
    public int payloadBytes;

    private byte[] payload = {};

    @Setup
    public void prepare() {
        payload = Samples.text(payloadBytes, true);
    }

    @Benchmark
    public int unmask() {
        return Masking.apply(payload, 0, payloadBytes, 0x5A3C_96E1);
    }
}
