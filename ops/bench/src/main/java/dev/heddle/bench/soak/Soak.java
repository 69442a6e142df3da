package dev.heddle.bench.soak;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;
import dev.heddle.bench.run.Bench;
import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.run.Plan;
import dev.heddle.bench.run.StoppedEarly;
import dev.heddle.bench.run.Ticker;
import dev.heddle.bench.sample.Reading;
import dev.heddle.bench.sample.ServerSampler;
import dev.heddle.bench.soak.Laggard.Habit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// One soak of one server. Belongs to the thread that calls [#run].
final class Soak {
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMinutes(1);
    private static final Duration GIVING_BACK = Duration.ofSeconds(1);
    private static final List<String> SOURCES =
            List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4");
    private static final double HANDSHAKE_SECONDS = 30;
    private static final Set<String> SHOWN =
            Set.of("broadcast.delivery", "echo.echo", "churn.handshake", "waves.handshake");

    private final URI server;
    private final Mix mix;
    private final Consumer<String> progress;
    private final Map<Habit, LongAdder> ended = new EnumMap<>(Habit.class);
    private final List<Point> liveHeap = new ArrayList<>();

    /// @param server `ws://host:port`, with `/ws` and `/echo`
    /// @param progress told every minute how it goes
    Soak(URI server, Mix mix, Consumer<String> progress) {
        this.server = server;
        this.mix = mix;
        this.progress = progress;
        for (Habit habit : Habit.values()) {
            ended.put(habit, new LongAdder());
        }
    }

    /// Runs it. Blocks until it is over.
    ///
    /// @param sampler watches the server since just now
    /// @throws BenchFailure when a part cannot be run
    /// @throws StoppedEarly when the thread is interrupted, with what there is until then
    Result run(ServerSampler sampler) throws InterruptedException {
        Instant started = Instant.now();
        long begun = System.nanoTime();
        Map<String, Result> results = new LinkedHashMap<>();
        ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
        ExecutorService laggards = Executors.newVirtualThreadPerTaskExecutor();
        boolean isStopped;
        try {
            Map<String, Future<Result>> parts = new LinkedHashMap<>();
            mix.parts().forEach((name, part) -> parts.put(name, threads.submit(() -> run(part))));
            ended.forEach((habit, count) -> lag(laggards, habit, count));
            isStopped = !watchToTheEnd(sampler, parts, begun);
            if (isStopped) {
                threads.shutdownNow();
            }
            for (Map.Entry<String, Future<Result>> part : parts.entrySet()) {
                results.put(part.getKey(), finished(part.getKey(), part.getValue()));
            }
        } finally {
            laggards.shutdownNow();
            threads.shutdownNow();
        }
        Result result = result(sampler, results, started, (System.nanoTime() - begun) / 1e9);
        if (isStopped) {
            throw new StoppedEarly(result);
        }
        return result;
    }

    /// @return whether it came to its end, and was not interrupted
    private boolean watchToTheEnd(
            ServerSampler sampler, Map<String, Future<Result>> parts, long begun) {
        try {
            watch(sampler, parts, begun);
            return true;
        } catch (InterruptedException asked) {
            return false;
        }
    }

    private Result run(Mix.Part part) throws InterruptedException {
        Target target =
                new Target(server.resolve(part.path()), SOURCES, HANDSHAKE_SECONDS, List.of());
        return Bench.run(new Plan(part.scenario(), target, 0, 0, false), null, Ticker.SILENT);
    }

    private void lag(ExecutorService threads, Habit habit, LongAdder count) {
        for (int i = 0; i < Mix.LAGGARDS_OF_A_HABIT; i++) {
            threads.execute(new Laggard(server.resolve("/ws"), habit, count));
        }
    }

    /// Collects the server's garbage and notes what is live, until the end, or a part has failed.
    private void watch(ServerSampler sampler, Map<String, Future<Result>> parts, long begun)
            throws InterruptedException {
        long end = begun + (long) (mix.minutes() * 60e9);
        while (System.nanoTime() < end && parts.values().stream().noneMatch(Soak::hasFailed)) {
            long left = end - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.min(left, BETWEEN_COLLECTIONS.toNanos()));
            OptionalLong live = sampler.readAfterCollection().heapUsedBytes();
            double seconds = (System.nanoTime() - begun) / 1e9;
            live.ifPresent(bytes -> liveHeap.add(new Point(seconds, (double) bytes)));
            // What the collector does not need it gives back only now, in the background.
            Thread.sleep(GIVING_BACK);
            Reading reading = sampler.read();
            progress.accept(
                    "%.0f of %.0f minutes: live heap %.1f MiB, RSS %.1f MiB, %d threads, %d descriptors"
                            .formatted(
                                    seconds / 60,
                                    mix.minutes(),
                                    live.orElse(0) / 0x1p20,
                                    reading.rssBytes() / 0x1p20,
                                    reading.threads(),
                                    reading.descriptors()));
        }
    }

    private static boolean hasFailed(Future<Result> part) {
        return part.state() == Future.State.FAILED;
    }

    private static Result finished(String name, Future<Result> part) throws InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoppedEarly early) {
                return early.soFar();
            }
            throw new BenchFailure(name + ": " + failed.getCause());
        }
    }

    private Result result(
            ServerSampler sampler, Map<String, Result> parts, Instant started, double seconds) {
        Map<String, Double> figures = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        List<Latency> latencies = new ArrayList<>();
        List<Series> series = new ArrayList<>(sampler.series());
        series.add(new Series("serverHeapLiveBytes", "bytes", List.copyOf(liveHeap)));
        parts.forEach(
                (name, part) -> {
                    part.figure("opsPerSecond")
                            .ifPresent(rate -> figures.put(name + ".opsPerSecond", rate));
                    part.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
                    part.latencies().stream()
                            .filter(latency -> SHOWN.contains(name + "." + latency.name()))
                            .map(latency -> renamed(name, latency))
                            .forEach(latencies::add);
                    part.series().stream()
                            .filter(line -> line.name().equals("latencyP99"))
                            .map(line -> new Series(name + ".p99", line.unit(), line.points()))
                            .forEach(series::add);
                });
        ended.forEach(
                (habit, count) ->
                        counts.put(
                                habit.name().toLowerCase(Locale.ROOT) + "ClientsEnded",
                                count.sum()));
        return new Result(
                "soak",
                Map.of("minutes", mix.minutes(), "url", server.toString()),
                Environment.here(),
                started,
                seconds,
                figures,
                latencies,
                series,
                counts);
    }

    private static Latency renamed(String part, Latency latency) {
        return new Latency(
                part.equals(latency.name()) ? part : part + "." + latency.name(),
                latency.count(),
                latency.percentiles(),
                latency.histogram());
    }
}
