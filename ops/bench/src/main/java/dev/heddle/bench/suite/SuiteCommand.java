package dev.heddle.bench.suite;

import dev.heddle.bench.launch.Installation;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.run.Interruption;
import dev.heddle.bench.suite.Suite.Fresh;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/// `heddle bench suite`.
@Command(
        name = "suite",
        mixinStandardHelpOptions = true,
        description =
                "Measures Heddle beside the bare C server of ops/bench/floor, in fresh processes of"
                        + " both, and says which aims are reached.")
public final class SuiteCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--rounds", description = "how often to measure everything (${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "ROW",
            description =
                    "what to measure, by default all: heap, rss, handshake, first, echo, below,"
                            + " saturated, benchmark, waves, latency, growth-delivery,"
                            + " growth-connection")
    private List<String> rows = new ArrayList<>();

    @Option(
            names = "--port",
            description = "where the servers listen: this one and the next two (${DEFAULT-VALUE})")
    private int port = 8390;

    @Option(
            names = "--fresh",
            description =
                    "round: servers are started anew in each round; row: for each row, so that"
                            + " a JVM's compiler is measured too (${DEFAULT-VALUE})")
    private Fresh fresh = Fresh.ROUND;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a report")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "write the table")
    private @Nullable Path markdown;

    /// Runs the suite, prints the table and writes the files asked for.
    ///
    /// @return 0 when Heddle lost no message and no connection
    @Override
    public Integer call() {
        Set<Row> chosen = rows();
        if (rounds < 1) {
            throw wrong("--rounds must be at least 1");
        }
        Instant started = Instant.now();
        long begun = System.nanoTime();
        var suite = new Suite(Installation.find(), port, fresh, SuiteCommand::say);
        List<Suite.Round> measured = new ArrayList<>();
        try (Interruption _ = new Interruption()) {
            boolean isWhole = runToTheEnd(suite, chosen, measured);
            double seconds = (System.nanoTime() - begun) / 1e9;
            Outcome outcome = Outcome.of(chosen, rounds, measured, started, seconds);
            System.out.print(isWhole ? "" : "stopped early; so far:\n");
            System.out.print(Scoreboard.of(outcome).markdown());
            System.out.flush();
            if (isWhole) {
                write(outcome);
            }
            return isWhole && outcome.isComplete() ? 0 : 1;
        }
    }

    /// @return whether it came to its end, and was not interrupted
    private boolean runToTheEnd(Suite suite, Set<Row> chosen, List<Suite.Round> measured) {
        try {
            suite.run(chosen, rounds, measured::add);
            return true;
        } catch (InterruptedException asked) {
            return false;
        }
    }

    private Set<Row> rows() {
        Set<Row> chosen = EnumSet.noneOf(Row.class);
        try {
            rows.forEach(key -> chosen.add(Row.of(key)));
        } catch (IllegalArgumentException unknown) {
            throw wrong(String.valueOf(unknown.getMessage()));
        }
        return chosen.isEmpty() ? EnumSet.allOf(Row.class) : chosen;
    }

    private void write(Outcome outcome) {
        try {
            if (json != null) {
                Json.MAPPER.writeValue(json.toFile(), outcome.asResult());
            }
            if (html != null) {
                Files.writeString(html, SuiteReport.html(outcome));
            }
            if (markdown != null) {
                Files.writeString(markdown, SuiteReport.markdown(outcome, commandLine()));
            }
        } catch (IOException impossible) {
            throw new BenchFailure("cannot write the results: " + impossible.getMessage());
        }
    }

    private String commandLine() {
        String chosen = rows.isEmpty() ? "" : " --rows=" + String.join(",", rows);
        String each = fresh == Fresh.ROUND ? "" : " --fresh=row";
        return "ops/heddle bench suite --rounds=" + rounds + each + chosen;
    }

    private ParameterException wrong(String why) {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command");
        }
        return new ParameterException(spec.commandLine(), why);
    }

    private static void say(String phase) {
        System.err.println(phase);
    }
}
