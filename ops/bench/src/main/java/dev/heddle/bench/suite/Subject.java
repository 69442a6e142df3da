package dev.heddle.bench.suite;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.launch.ServerProcess;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.run.Bench;
import dev.heddle.bench.run.Plan;
import dev.heddle.bench.run.Ticker;
import dev.heddle.bench.sample.ProcessSampler;
import dev.heddle.bench.sample.ServerSampler;
import dev.heddle.bench.scenario.Scenario;

import java.time.Duration;
import java.util.List;

/// A fresh process of a server, to be measured. Belongs to one thread.
final class Subject implements AutoCloseable {
    private static final List<String> SOURCES =
            List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4");
    private static final double HANDSHAKE_SECONDS = 30;
    private static final double SETTLE_SECONDS = 1;

    /// The JVM keeps what its compilers have used for 5 s, and is told to give back every 2 s.
    private static final double GIVING_BACK_SECONDS = 8;

    /// Nothing is sampled in between: it would be in what is measured.
    private static final Duration NEVER = Duration.ofDays(1);

    private final ServerProcess server;
    private final ServerSampler sampler;

    /// @param server to measure, and to end when this is closed
    Subject(ServerProcess server) {
        this.server = server;
        this.sampler = ProcessSampler.start(server.pid(), NEVER);
    }

    /// Runs a scenario. Blocks until it is over.
    Result run(String path, Scenario scenario) throws InterruptedException {
        return run(path, scenario, false);
    }

    /// Runs a scenario, and collects the server's garbage before its memory is read.
    Result collect(String path, Scenario scenario) throws InterruptedException {
        return run(path, scenario, true);
    }

    private Result run(String path, Scenario scenario, boolean collect)
            throws InterruptedException {
        Target target = new Target(server.at(path), SOURCES, HANDSHAKE_SECONDS, List.of());
        double settle = collect ? GIVING_BACK_SECONDS : SETTLE_SECONDS;
        Plan plan = new Plan(scenario, target, 0, settle, collect);
        return Bench.run(plan, sampler, Ticker.SILENT);
    }

    @Override
    public void close() {
        sampler.close();
        server.close();
    }
}
