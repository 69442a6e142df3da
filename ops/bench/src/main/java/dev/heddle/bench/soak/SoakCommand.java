package dev.heddle.bench.soak;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.launch.Installation;
import dev.heddle.bench.launch.ServerProcess;
import dev.heddle.bench.report.Summary;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.run.Bench;
import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.run.Interruption;
import dev.heddle.bench.run.StoppedEarly;
import dev.heddle.bench.sample.ProcessSampler;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// `heddle bench soak`.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Mixes idle connections, broadcasts, echoes, coming and going, slow and stalled clients"
                + " for a long time, and says whether heap, memory, descriptors and threads stay"
                + " flat.",
            "Without URL and --pid it starts Heddle and ends it."
        })
public final class SoakCommand implements Callable<Integer> {
    private static final Duration SAMPLING = Duration.ofSeconds(2);

    /// In less there is no growth from minute to minute to judge.
    private static final int SHORTEST_MINUTES = 2;

    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "a running server: ws://host:port")
    private @Nullable URI url;

    @Option(names = "--pid", description = "the server's process, to sample its memory")
    private long pid;

    @Option(names = "--minutes", description = "how long (${DEFAULT-VALUE})")
    private double minutes = 30;

    @Option(
            names = "--port",
            description = "where Heddle listens; the next is used too (${DEFAULT-VALUE})")
    private int port = 8390;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result as JSON")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a report with plots")
    private @Nullable Path html;

    /// Runs the soak, prints what stayed flat and writes the files asked for.
    ///
    /// @return 0 when all stayed flat and nothing was lost
    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES)) {
            throw new BenchFailure(
                    "--minutes must be between " + SHORTEST_MINUTES + " and " + LONGEST_MINUTES);
        }
        if (url != null && pid > 0) {
            reach(url);
            try (Interruption _ = new Interruption()) {
                return soak(url, pid);
            }
        }
        if (url != null || pid > 0) {
            throw new BenchFailure("URL and --pid go together");
        }
        try (Interruption _ = new Interruption();
                ServerProcess heddle = Installation.find().startHeddle(port)) {
            return soak(heddle.at(""), heddle.pid());
        }
    }

    private static void reach(URI server) {
        try {
            Bench.reach(new Target(server.resolve("/ws"), List.of(), 30, List.of()));
        } catch (IllegalArgumentException unclear) {
            throw new BenchFailure(String.valueOf(unclear.getMessage()));
        }
    }

    private int soak(URI server, long process) throws InterruptedException {
        try (ProcessSampler sampler = ProcessSampler.start(process, SAMPLING)) {
            Result result = new Soak(server, new Mix(minutes), System.err::println).run(sampler);
            return show(result, SoakReport.judge(result));
        } catch (StoppedEarly early) {
            System.out.print("stopped early; so far:\n" + Summary.of(early.soFar()));
            return show(early.soFar(), List.of());
        }
    }

    private int show(Result result, List<Flatness> judged) {
        System.out.print(SoakReport.text(result, judged));
        System.out.flush();
        try {
            if (json != null) {
                Json.MAPPER.writeValue(json.toFile(), result);
            }
            if (html != null) {
                Files.writeString(html, SoakReport.html(result, judged));
            }
        } catch (IOException impossible) {
            throw new BenchFailure("cannot write the results: " + impossible.getMessage());
        }
        return judged.stream().allMatch(Flatness::isFlat) && SoakReport.wrong(result) == 0 ? 0 : 1;
    }
}
