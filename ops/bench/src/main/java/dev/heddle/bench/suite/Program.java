package dev.heddle.bench.suite;

import dev.heddle.bench.result.Result;
import dev.heddle.bench.scenario.Scenario;
import dev.heddle.bench.scenario.Scenario.Broadcast;
import dev.heddle.bench.scenario.Scenario.Connect;
import dev.heddle.bench.scenario.Scenario.Echo;

/// What is done with one server, for one row of the table or several.
enum Program {
    /// Holds 15,000 idle connections and measures memory after two full collections.
    IDLE {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            Result held = into.check(subject.collect("/ws", connect(HELD, IN_FLIGHT, 1)));
            into.put("heap", held, "serverHeapBytesPerConnection");
            into.put("rss", held, "serverRssBytesPerConnection");
        }
    },

    /// 15,000 handshakes right after the start; then, the server warm, waves of 2,000.
    HANDSHAKES {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            Result first = into.check(subject.run("/ws", connect(HELD, IN_FLIGHT, 1)));
            into.put("first", first, "serverCpuMicrosPerHandshake");
            Result waves = into.check(subject.run("/ws", connect(2_000, 32, 10)));
            into.put("warm", waves, "serverCpuMicrosPerHandshake");
            into.put("waves", waves, "serverCpuMicrosPerOp");
        }
    },

    /// 1,000 connections that send as soon as their message is back.
    ECHO {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            Result echo =
                    into.check(subject.run("/echo", new Echo(1_000, IN_FLIGHT, 1, 125, 4, 4, 0)));
            into.put("echo", echo, "serverCpuMicrosPerOp");
        }
    },

    /// Fan-out that the server has time for.
    BELOW {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            Result below = into.check(subject.run("/ws", broadcast(RECEIVERS, 16, 2, 0)));
            into.put("delivery", below, "serverCpuMicrosPerOp");
            below.latencies().stream()
                    .filter(latency -> latency.name().equals("delivery"))
                    .forEach(
                            latency -> {
                                into.put("p99", latency.percentiles().getOrDefault("p99", 0.0));
                                into.add(latency);
                            });
        }
    },

    /// Fan-out as fast as it goes, ten messages on the way to each receiver.
    SATURATED {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            Result saturated = into.check(subject.run("/ws", broadcast(RECEIVERS, 100, 0, WINDOW)));
            into.put("delivery", saturated, "serverCpuMicrosPerOp");
        }
    },

    /// Fan-out as fast as ten HTTP clients can ask for it.
    BENCHMARK {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            var scenario =
                    new Broadcast(
                            RECEIVERS, IN_FLIGHT, 300, 0, 0, 100, "/benchmark", 10, STALL, TIMEOUT);
            Result benchmark = into.check(subject.run("/ws", scenario));
            into.put("delivery", benchmark, "serverCpuMicrosPerOp");
        }
    },

    /// 20,000 handshakes, and 20,000 deliveries per second, with few and with many connections,
    /// after a warm-up of both. Below capacity, because above it a delivery costs the less the more
    /// of them a write gathers, which has nothing to do with the number of connections.
    GROWTH {
        @Override
        void run(Subject subject, Measurement into) throws InterruptedException {
            into.check(subject.run("/ws", connect(2_000, IN_FLIGHT, 20)));
            into.check(subject.run("/ws", broadcast(2_000, 500, 0, WINDOW)));
            for (int size : SIZES) {
                Scenario waves = connect(size, IN_FLIGHT, Math.max(1, 20_000 / size));
                Result connected = into.check(subject.run("/ws", waves));
                connected
                        .figure("serverCpuMicrosPerHandshake")
                        .ifPresent(micros -> into.putAt("handshake", size, micros));
                double rate = 20_000.0 / size;
                Scenario all = broadcast(size, (int) Math.ceil(8 * rate), rate, 0);
                Result delivered = into.check(subject.run("/ws", all));
                delivered
                        .figure("serverCpuMicrosPerOp")
                        .ifPresent(micros -> into.putAt("delivery", size, micros));
            }
        }
    };

    private static final int HELD = 15_000;
    private static final int RECEIVERS = 10_000;
    private static final int[] SIZES = {1_000, 5_000, 10_000, 19_000};
    private static final int IN_FLIGHT = 64;
    private static final int WINDOW = 10;
    private static final double STALL = 6;
    private static final double TIMEOUT = 120;
    private static final double CLOSE_WAIT = 8;

    /// Whether it needs processes that have done nothing before.
    boolean isApart() {
        return this == IDLE || this == GROWTH;
    }

    /// Does it. Blocks until it is done.
    abstract void run(Subject subject, Measurement into) throws InterruptedException;

    private static Connect connect(int connections, int inFlight, int waves) {
        return new Connect(connections, inFlight, waves, 0, CLOSE_WAIT);
    }

    private static Broadcast broadcast(int receivers, int messages, double rate, int window) {
        return new Broadcast(
                receivers, IN_FLIGHT, messages, rate, window, 100, "", 0, STALL, TIMEOUT);
    }
}
