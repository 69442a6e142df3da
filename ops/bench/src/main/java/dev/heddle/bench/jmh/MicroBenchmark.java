package dev.heddle.bench.jmh;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Runs the microbenchmarks with what JMH's own command line takes.
public final class MicroBenchmark {
    private static final List<String> WITH_GARBAGE = List.of("-prof", "gc");

    private MicroBenchmark() {}

    /// Runs those whose names match, or all; reports allocation per operation too. Blocks until
    /// they are done, and JMH then ends the process itself when the arguments are wrong.
    ///
    /// @param arguments as `org.openjdk.jmh.Main` takes them
    public static void run(String... arguments) throws IOException {
        org.openjdk.jmh.Main.main(
                Stream.concat(WITH_GARBAGE.stream(), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }
}
