package dev.heddle.bench.suite;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A row of the table: what is measured, and what is aimed at.
enum Row {
    HEAP("live heap per idle connection", Program.IDLE, "heap", Kind.BYTES, 1_400),
    RSS("RSS per idle connection, 15,000 held", Program.IDLE, "rss", Kind.BYTES, 1.6 * 1024),
    HANDSHAKE("handshake, warm", Program.HANDSHAKES, "warm", Kind.RATIO, 1.8),
    FIRST("the first 15,000 handshakes after start", Program.HANDSHAKES, "first", Kind.RATIO, 4),
    ECHO("echo, 1,000 connections, 125 B", Program.ECHO, "echo", Kind.RATIO, 1.4),
    BELOW("fan-out to 10,000, 2/s", Program.BELOW, "delivery", Kind.RATIO, 1.05),
    SATURATED("fan-out to 10,000, window 10", Program.SATURATED, "delivery", Kind.RATIO, 0.15),
    BENCHMARK(
            "GET /benchmark × 300 on 10 connections",
            Program.BENCHMARK,
            "delivery",
            Kind.RATIO,
            0.12),
    WAVES("connect + close, waves of 2,000", Program.HANDSHAKES, "waves", Kind.RATIO, 1.8),
    LATENCY("p99 latency of the fan-out at 2/s", Program.BELOW, "p99", Kind.RATIO, 1.5),
    GROWTH_DELIVERY(
            "dearest delivery of 1,000 to 19,000 receivers, to the cheapest",
            Program.GROWTH,
            "delivery",
            Kind.GROWTH,
            1.15),
    GROWTH_CONNECTION(
            "dearest handshake of 1,000 to 19,000 connections, to the cheapest",
            Program.GROWTH,
            "handshake",
            Kind.GROWTH,
            1.15);

    /// How a row's figure comes about.
    enum Kind {
        /// Of Heddle alone, bytes per connection.
        BYTES,
        /// Of Heddle divided by that of the floor in the same round, microseconds.
        RATIO,
        /// Of Heddle alone: the greatest of several costs divided by the least.
        GROWTH
    }

    final String label;
    final Program program;
    final String measured;
    final Kind kind;
    final double aim;

    Row(String label, Program program, String measured, Kind kind, double aim) {
        this.label = label;
        this.program = program;
        this.measured = measured;
        this.kind = kind;
        this.aim = aim;
    }

    /// Its name on the command line: `growth-delivery`.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The row of that key.
    ///
    /// @throws IllegalArgumentException when there is none; the message lists all
    static Row of(String key) {
        return Arrays.stream(values())
                .filter(row -> row.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'%s' is no row; there are %s".formatted(key, keys())));
    }

    private static String keys() {
        return Arrays.stream(values()).map(Row::key).collect(Collectors.joining(", "));
    }
}
