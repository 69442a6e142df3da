package dev.heddle.bench.run;

import com.fasterxml.jackson.core.type.TypeReference;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.run.Message.Command;
import dev.heddle.bench.run.Ticker.Measure;
import dev.heddle.bench.sample.Reading;
import dev.heddle.bench.sample.ServerSampler;
import dev.heddle.bench.scenario.Scenario;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// One run of one scenario: tells the workers what to do when, and reads what the server used
/// meanwhile. Belongs to the thread that calls [#run].
public final class Bench {
    private static final double AFTERWARDS_SECONDS = 0.2;
    private static final double INTERVALS = 240;
    private static final double SHORTEST_INTERVAL = 0.1;
    private static final double LONGEST_INTERVAL = 10;

    private final Plan plan;
    private final Watch watch;
    private final Ticker ticker;
    private final Figures figures = new Figures();
    private final Timeline timeline;
    private final Crew crew;

    // What is being measured, until it is over.
    private @Nullable Reading beforeWork;
    private long workBegunNanos;

    private boolean isStopped;

    private Bench(Plan plan, Watch watch, Ticker ticker, long epochNanos) throws IOException {
        double expected = expectedSeconds(plan.scenario());
        double interval = Math.clamp(expected / INTERVALS, SHORTEST_INTERVAL, LONGEST_INTERVAL);
        this.plan = plan;
        this.watch = watch;
        this.ticker = ticker;
        this.timeline = new Timeline(interval);
        this.crew = new Crew(plan, epochNanos, (long) (interval * 1e9), this::progress);
    }

    /// Runs a scenario. Blocks until it is over.
    ///
    /// @param sampler watches the server's process; null when there is none to watch
    /// @param ticker told how far it has got, on this thread
    /// @throws BenchFailure when it cannot be run or finished
    /// @throws StoppedEarly when the thread is interrupted, with what there is until then
    public static Result run(Plan plan, @Nullable ServerSampler sampler, Ticker ticker)
            throws InterruptedException {
        Instant started = Instant.now();
        long epochNanos = System.nanoTime();
        try {
            Bench bench = new Bench(plan, new Watch(sampler), ticker, epochNanos);
            try (bench.crew) {
                List<Message.Report> reports = bench.playAndEnd();
                Result result = bench.result(started, epochNanos, sampler, reports);
                if (bench.isStopped) {
                    throw new StoppedEarly(result);
                }
                return result;
            }
        } catch (IOException | IllegalArgumentException impossible) {
            throw new BenchFailure(String.valueOf(impossible.getMessage()));
        }
    }

    /// Connects to the server once, and hangs up: better to know at once than after a run.
    ///
    /// @throws BenchFailure when it cannot be reached
    public static void reach(Target target) {
        try (Socket socket = new Socket()) {
            List<InetAddress> sources = target.sourceAddresses();
            if (!sources.isEmpty()) {
                socket.bind(new InetSocketAddress(sources.getFirst(), 0));
            }
            socket.connect(target.address(), (int) Math.ceil(target.handshakeSeconds() * 1000));
        } catch (IOException | IllegalArgumentException unreachable) {
            throw new BenchFailure(
                    "cannot connect to %s: %s".formatted(target.uri(), unreachable.getMessage()));
        }
    }

    private List<Message.Report> playAndEnd() throws InterruptedException {
        try {
            play();
            return crew.end();
        } catch (InterruptedException asked) {
            isStopped = true;
            List<Message.Report> reports = crew.endNow();
            endWork();
            return reports;
        }
    }

    private void beginWork() {
        beforeWork = watch.read();
        workBegunNanos = System.nanoTime();
    }

    /// Says what the work took, if it has begun and not ended.
    private void endWork() {
        Reading before = beforeWork;
        if (before != null) {
            figures.addServerCpu("work", before, watch.read());
            figures.addSeconds("work", (System.nanoTime() - workBegunNanos) / 1e9);
            beforeWork = null;
        }
    }

    private void play() throws InterruptedException {
        crew.tellAndAwait(Command.READY);
        switch (plan.scenario()) {
            case Scenario.Connect connect -> connect(connect);
            case Scenario.Echo echo -> echo(echo);
            case Scenario.Broadcast broadcast -> broadcast(broadcast);
            case Scenario.Churn churn -> churn(churn);
            case Scenario.Storm storm -> storm(storm);
        }
    }

    private void connect(Scenario.Connect connect) throws InterruptedException {
        for (int wave = 0; wave < connect.waves(); wave++) {
            openAll("wave %d of %d".formatted(wave + 1, connect.waves()), wave == 0);
            Reading before = watch.read();
            crew.pause(connect.hold());
            Reading after = watch.read();
            figures.addServerCpu("hold", before, after);
            ticker.phase("closing", Measure.SECONDS, connect.closeWait());
            crew.tellAndAwait(Command.CLOSE);
            crew.pause(AFTERWARDS_SECONDS);
            figures.addServerCpu("close", after, watch.read());
        }
    }

    private void echo(Scenario.Echo echo) throws InterruptedException {
        openAll("connecting", true);
        ticker.phase("warming up", Measure.SECONDS, echo.warmup());
        crew.tell(Command.BEGIN);
        crew.pause(echo.warmup());
        ticker.phase("echoing", Measure.SECONDS, echo.time());
        beginWork();
        crew.tell(Command.MEASURE);
        crew.pause(echo.time());
        crew.tell(Command.STOP);
        endWork();
        crew.await(Command.BEGIN);
        crew.tellAndAwait(Command.CLOSE);
    }

    private void broadcast(Scenario.Broadcast broadcast) throws InterruptedException {
        openAll("connecting", true);
        double deliveries = (double) broadcast.connections() * broadcast.messages();
        ticker.phase("broadcasting", Measure.OPS, deliveries);
        Reading before = watch.read();
        crew.tellAndAwait(Command.BEGIN);
        figures.addServerCpu("work", before, watch.read());
        // Is anything too much?
        crew.pause(AFTERWARDS_SECONDS);
        crew.tellAndAwait(Command.CLOSE);
    }

    private void churn(Scenario.Churn churn) throws InterruptedException {
        ticker.phase("churning", Measure.SECONDS, churn.time());
        beginWork();
        crew.tellAndAwait(Command.BEGIN);
        endWork();
    }

    private void storm(Scenario.Storm storm) throws InterruptedException {
        openAll("connecting", true);
        ticker.phase("calm", Measure.SECONDS, storm.baseline());
        crew.tell(Command.BEGIN);
        crew.pause(storm.baseline());
        ticker.phase("storm", Measure.OPS, storm.connections());
        Reading before = watch.read();
        crew.tell(Command.MEASURE);
        crew.await(Command.BEGIN);
        figures.addServerCpu("work", before, watch.read());
        crew.tellAndAwait(Command.CLOSE);
    }

    /// Opens all connections; the first time, measures the server before and after.
    private void openAll(String phase, boolean isFirst) throws InterruptedException {
        ticker.phase(phase, Measure.OPEN_CONNECTIONS, plan.scenario().connections());
        if (isFirst && plan.collect()) {
            figures.heapBefore(watch.readAfterCollection());
            crew.pause(plan.settle());
        }
        Reading before = watch.read();
        long begun = System.nanoTime();
        crew.tellAndAwait(Command.CONNECT);
        figures.addSeconds("connect", (System.nanoTime() - begun) / 1e9);
        figures.addServerCpu("connect", before, watch.read());
        if (isFirst) {
            crew.pause(plan.settle());
            Reading collected = plan.collect() ? watch.readAfterCollection() : watch.read();
            if (plan.collect()) {
                // What collector and compilers do not need is given back only now.
                crew.pause(plan.settle());
            }
            OptionalLong heap = collected.heapUsedBytes();
            figures.idle(before, watch.read(), heap, Math.max(1, timeline.open()));
        }
    }

    private void progress(Message.Progress progress) {
        timeline.add(progress);
        ticker.progress(timeline.open(), timeline.ops());
    }

    private Result result(
            Instant started,
            long epochNanos,
            @Nullable ServerSampler sampler,
            List<Message.Report> reports) {
        Findings findings = Findings.of(reports);
        List<Series> series = new ArrayList<>(timeline.series());
        if (sampler != null) {
            series.addAll(sampler.series());
        }
        Map<String, Object> parameters =
                new TreeMap<>(
                        Json.MAPPER.convertValue(
                                plan.scenario(), new TypeReference<Map<String, Object>>() {}));
        parameters.remove("scenario");
        parameters.put("url", plan.target().uri().toString());
        parameters.put("processes", plan.workers());
        ticker.failures(findings.failures());
        return new Result(
                plan.scenario().name(),
                parameters,
                Environment.here(),
                started,
                (System.nanoTime() - epochNanos) / 1e9,
                figures.of(findings, watch.isOn()),
                findings.latencies(),
                series,
                findings.counts());
    }

    private static double expectedSeconds(Scenario scenario) {
        return switch (scenario) {
            case Scenario.Connect connect -> connect.hold() + connect.waves();
            case Scenario.Echo echo -> echo.warmup() + echo.time();
            case Scenario.Broadcast all -> all.rate() > 0 ? all.messages() / all.rate() : 0;
            case Scenario.Churn churn -> churn.time();
            case Scenario.Storm storm -> storm.baseline() + storm.within();
        };
    }
}
