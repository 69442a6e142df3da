package dev.heddle.bench.suite;

import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;
import dev.heddle.bench.suite.Suite.Round;

import org.HdrHistogram.Histogram;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All that a run of the suite has found.
///
/// @param rounds how many
/// @param verdicts row by row, in the table's order
/// @param missing messages that Heddle lost, doubled, changed or put in another order
/// @param dropped connections to Heddle that did not open, or ended without having been asked to
/// @param growth CPU for numbers of connections: `delivery, Heddle` and so on, medians of the
///   rounds
/// @param latencies of the fan-out below capacity, by server
record Outcome(
        Environment environment,
        Instant started,
        double seconds,
        int rounds,
        List<Verdict> verdicts,
        long missing,
        long dropped,
        List<Series> growth,
        List<Latency> latencies) {

    private static final int DIGITS = 3;

    static Outcome of(
            Set<Row> rows, int count, List<Round> rounds, Instant started, double seconds) {
        List<Verdict> verdicts =
                rows.stream().flatMap(row -> Verdict.of(row, rounds).stream()).toList();
        return new Outcome(
                Environment.here(),
                started,
                seconds,
                count,
                verdicts,
                rounds.stream().mapToLong(round -> round.heddle().missing()).sum(),
                rounds.stream().mapToLong(round -> round.heddle().dropped()).sum(),
                growth(rounds),
                latencies(rounds));
    }

    /// Whether no message was missing and no connection dropped.
    boolean isComplete() {
        return missing == 0 && dropped == 0;
    }

    /// As a result, for JSON and for comparing.
    Result asResult() {
        Map<String, Double> figures = new TreeMap<>();
        for (Verdict verdict : verdicts) {
            String key = verdict.row().key();
            figures.put(key, verdict.figure().median());
            figures.put(key + ".min", verdict.figure().min());
            figures.put(key + ".max", verdict.figure().max());
            figures.put(key + ".heddle", verdict.heddle().median());
            Spread floor = verdict.floor();
            if (floor != null) {
                figures.put(key + ".floor", floor.median());
            }
        }
        return new Result(
                "suite",
                Map.of("rounds", rounds),
                environment,
                started,
                seconds,
                figures,
                latencies,
                growth,
                Map.of("lost", missing, "ended", dropped));
    }

    /// Those of all rounds together, one for each server.
    private static List<Latency> latencies(List<Round> rounds) {
        return Stream.of(
                        merged("Heddle", rounds.stream().map(Round::heddle)),
                        merged("floor", rounds.stream().map(Round::floor)))
                .filter(latency -> latency.count() > 0)
                .toList();
    }

    private static Latency merged(String name, Stream<Measurement> measurements) {
        Histogram all = new Histogram(DIGITS);
        measurements
                .flatMap(measurement -> measurement.latencies().stream())
                .forEach(latency -> all.add(latency.decode()));
        return Latency.of(name, all);
    }

    private static List<Series> growth(List<Round> rounds) {
        Map<String, Map<Double, List<Double>>> samples = new LinkedHashMap<>();
        for (Round round : rounds) {
            collect(samples, round.heddle(), "Heddle");
            collect(samples, round.floor(), "floor");
        }
        List<Series> series = new ArrayList<>();
        samples.forEach(
                (name, bySize) -> {
                    List<Point> points = new ArrayList<>();
                    bySize.forEach(
                            (size, micros) ->
                                    points.add(new Point(size, Spread.of(micros).median())));
                    series.add(new Series(name, "µs", points));
                });
        return series;
    }

    private static void collect(
            Map<String, Map<Double, List<Double>>> into, Measurement measurement, String server) {
        measurement
                .curves()
                .forEach(
                        (name, points) -> {
                            Map<Double, List<Double>> bySize =
                                    into.computeIfAbsent(
                                            String.format(Locale.ROOT, "%s, %s", name, server),
                                            _ -> new TreeMap<>());
                            for (Point point : points) {
                                bySize.computeIfAbsent(point.seconds(), _ -> new ArrayList<>())
                                        .add(point.value());
                            }
                        });
    }
}
