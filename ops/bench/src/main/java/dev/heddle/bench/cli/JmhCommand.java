package dev.heddle.bench.cli;

import dev.heddle.bench.jmh.MicroBenchmark;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `jmh`: the microbenchmarks of the server's parts. Whatever follows is JMH's own command line.
@Command(
        name = "jmh",
        description = "Measures the server's parts with JMH, time and allocation.",
        footer = "All arguments are JMH's: a pattern of names, -p, -wi, -h and so on.")
final class JmhCommand implements Callable<Integer> {
    @Unmatched private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        MicroBenchmark.run(arguments.toArray(String[]::new));
        return 0;
    }
}
