package dev.heddle.bench.jmh;

import dev.heddle.message.Utf8Validator;

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

/// Validating a text's UTF-8, as it arrives in one piece.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseCompactObjectHeaders", "-XX:+UseG1GC", "-Xms512m", "-Xmx512m"})
public class Utf8Benchmark {
    @Param({"125", "4096", "65536"})
    public int textBytes;

    @Param({"ascii", "mixed"})
    public String text = "";

    private final Utf8Validator validator = new Utf8Validator();
    private byte[] bytes = {};

    @Setup
    public void prepare() {
        bytes = Samples.text(textBytes, text.equals("ascii"));
        if (!validate()) {
            throw new IllegalStateException("the sample is valid");
        }
    }

    @Benchmark
    public boolean validate() {
        return validator.accept(bytes, 0, textBytes) && validator.isComplete();
    }
}
