package dev.heddle.bench.report;

import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.HdrHistogram.Histogram;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Results as scenarios make them, without running any.
final class Samples {
    private Samples() {}

    /// Echoes of a server that gets slower for a moment; always the same.
    static Result echo() {
        Random random = new Random(8);
        Histogram echo = new Histogram(3);
        Histogram handshake = new Histogram(3);
        for (int i = 0; i < 200_000; i++) {
            echo.recordValue((long) (180_000 * Math.exp(random.nextGaussian() * 0.5)));
        }
        for (int i = 0; i < 1_000; i++) {
            handshake.recordValue((long) (900_000 * Math.exp(random.nextGaussian() * 0.3)));
        }
        return new Result(
                "echo",
                Map.of("url", "ws://127.0.0.1:8350/echo", "connections", 1000, "bytes", 125),
                new Environment("Linux 6.18 amd64", "A processor", 2, 24L << 30, "25.0.3"),
                Instant.parse("2026-11-21T11:00:00Z"),
                61,
                Map.of(
                        "opsPerSecond", 63_211.5,
                        "serverCpuMicrosPerOp", 6.83,
                        "serverCpuMicrosPerHandshake", 31.2,
                        "serverRssBytesPerConnection", 1623.0),
                List.of(Latency.of("echo", echo), Latency.of("handshake", handshake)),
                List.of(
                        wave("echo.p50", "µs", at -> 175 + random.nextGaussian() * 6 + hill(at)),
                        wave(
                                "echo.p99",
                                "µs",
                                at -> 560 + random.nextGaussian() * 60 + 9 * hill(at)),
                        wave("opsPerSecond", "1/s", at -> 63_000 - 60 * hill(at)),
                        wave("openConnections", "connections", at -> Math.min(1000, at * 100)),
                        wave("serverRssBytes", "bytes", at -> 6e7 + Math.min(10, at) * 1.6e5),
                        wave("serverHeapUsedBytes", "bytes", at -> 1.2e7 + at % 7 * 2e6),
                        wave("serverCpuPercent", "%", at -> 43 + random.nextGaussian()),
                        wave("serverThreads", "threads", at -> 31)),
                Map.of("opened", 1000L, "ops", 3_792_690L, "closed.1000", 1000L));
    }

    /// A run that has measured nothing.
    static Result nothing() {
        Result echo = echo();
        return new Result(
                "connect",
                Map.of(),
                echo.environment(),
                echo.started(),
                0,
                Map.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private static double hill(double at) {
        return 40 * Math.exp(-Math.pow((at - 35) / 4, 2));
    }

    private static Series wave(String name, String unit, DoubleUnaryOperator value) {
        List<Point> points =
                IntStream.rangeClosed(0, 120)
                        .mapToObj(i -> new Point(i / 2.0, value.applyAsDouble(i / 2.0)))
                        .toList();
        return new Series(name, unit, points);
    }
}
