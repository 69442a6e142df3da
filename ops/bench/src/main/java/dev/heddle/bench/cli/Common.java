package dev.heddle.bench.cli;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.report.HtmlReport;
import dev.heddle.bench.report.Summary;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.run.Bench;
import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.run.Interruption;
import dev.heddle.bench.run.Plan;
import dev.heddle.bench.run.StoppedEarly;
import dev.heddle.bench.sample.ProcessSampler;
import dev.heddle.bench.scenario.Scenario;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The options of every scenario, and how one is run and its result written.
final class Common {
    private static final String OFFER =
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                    + " client_no_context_takeover";
    private static final Duration SAMPLING = Duration.ofMillis(500);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "where to connect to (${DEFAULT-VALUE})")
    private URI url = URI.create("ws://127.0.0.1:8080/ws");

    @Option(
            names = {"-k", "--in-flight"},
            paramLabel = "N",
            description = "handshakes at once in each process, at most (${DEFAULT-VALUE})")
    int inFlight = 64;

    @Option(
            names = "--source",
            paramLabel = "ADDRESSES",
            description = "local addresses to use in turn: 127.0.0.1-127.0.0.9")
    private String source = "";

    @Option(
            names = "--header",
            paramLabel = "LINE",
            description =
                    "a line for each handshake, 'Name: value', in place of its own; repeatable")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--deflate",
            description =
                    "offer permessage-deflate, each message by itself, and compress what is sent if"
                            + " the server agrees")
    private boolean deflate;

    @Option(
            names = "--handshake-timeout",
            paramLabel = "S",
            description = "how long a connection may take to open (${DEFAULT-VALUE})")
    private double handshakeTimeout = 30;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "share the connections among N; by default as few as descriptors allow")
    private int processes;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "the server's process, to sample its CPU, memory, threads, descriptors")
    private long pid;

    @Option(
            names = "--settle",
            paramLabel = "S",
            description = "pause before the idle connections are measured (${DEFAULT-VALUE})")
    private double settle = 1;

    @Option(
            names = "--collect",
            description = "have a JVM collect its garbage before it is measured idle")
    private boolean collect;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a report as an HTML page")
    private @Nullable Path html;

    /// Runs the scenario, prints what it found and writes the files asked for.
    ///
    /// @param scenario made here, where it is told what is wrong with its numbers
    /// @return the exit code
    int run(Supplier<Scenario> scenario) throws InterruptedException {
        Plan plan = plan(scenario);
        Bench.reach(plan.target());
        ProgressBar bar = ProgressBar.onStandardError();
        try (Interruption _ = new Interruption();
                ProcessSampler sampler = pid == 0 ? null : ProcessSampler.start(pid, SAMPLING)) {
            return show(measure(plan, sampler, bar), bar);
        } finally {
            bar.clear();
        }
    }

    private static Result measure(Plan plan, @Nullable ProcessSampler sampler, ProgressBar bar)
            throws InterruptedException {
        try {
            return Bench.run(plan, sampler, bar);
        } catch (StoppedEarly early) {
            bar.clear();
            System.out.println("stopped early; so far:");
            return early.soFar();
        }
    }

    private int show(Result result, ProgressBar bar) {
        bar.clear();
        System.out.print(Summary.of(result));
        System.out.flush();
        write(result);
        return result.count("lost") + result.count("failed") == 0 ? 0 : 1;
    }

    private ParameterException wrong(String why) {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command");
        }
        return new ParameterException(spec.commandLine(), why);
    }

    private Plan plan(Supplier<Scenario> scenario) {
        try {
            List<String> sources = source.isEmpty() ? List.of() : Sources.parse(source);
            List<String> lines = new ArrayList<>(headers);
            if (deflate) {
                lines.add(OFFER);
            }
            Target target = new Target(url, sources, handshakeTimeout, lines);
            return new Plan(scenario.get(), target, processes, settle, collect);
        } catch (IllegalArgumentException unclear) {
            throw wrong(String.valueOf(unclear.getMessage()));
        }
    }

    private void write(Result result) {
        try {
            if (json != null) {
                Json.MAPPER.writeValue(json.toFile(), result);
            }
            if (html != null) {
                Files.writeString(html, HtmlReport.of(result));
            }
        } catch (IOException unwritten) {
            throw new BenchFailure("cannot write the result: " + unwritten.getMessage());
        }
    }
}
