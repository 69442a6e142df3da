package dev.heddle.bench.suite;

import dev.heddle.bench.result.Series.Point;
import dev.heddle.bench.suite.Row.Kind;
import dev.heddle.bench.suite.Suite.Round;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What came of a row.
///
/// @param floor the floor's own figure; null when it has none
/// @param heddle Heddle's own figure
/// @param figure what is compared with the aim: bytes, or a ratio
record Verdict(Row row, @Nullable Spread floor, Spread heddle, Spread figure) {
    /// Whether the median is within the aim.
    boolean isReached() {
        return figure.median() <= row.aim;
    }

    /// Judges a row; empty when no round has measured it.
    static Optional<Verdict> of(Row row, List<Round> all) {
        List<Round> rounds = all.stream().filter(round -> round.program() == row.program).toList();
        List<Double> floor = values(row, rounds, Round::floor);
        List<Double> heddle = values(row, rounds, Round::heddle);
        if (heddle.isEmpty() || row.kind == Kind.RATIO && floor.size() != heddle.size()) {
            return Optional.empty();
        }
        List<Double> figures = new ArrayList<>(heddle);
        if (row.kind == Kind.RATIO) {
            for (int i = 0; i < figures.size(); i++) {
                figures.set(i, heddle.get(i) / floor.get(i));
            }
        }
        return Optional.of(
                new Verdict(
                        row,
                        floor.isEmpty() ? null : Spread.of(floor),
                        Spread.of(heddle),
                        Spread.of(figures)));
    }

    private static List<Double> values(
            Row row, List<Round> rounds, Function<Round, Measurement> server) {
        return rounds.stream()
                .map(server)
                .flatMap(measurement -> value(row, measurement).stream())
                .toList();
    }

    private static Optional<Double> value(Row row, Measurement measurement) {
        if (row.kind != Kind.GROWTH) {
            return Optional.ofNullable(measurement.values().get(row.measured));
        }
        List<Point> curve = measurement.curves().getOrDefault(row.measured, List.of());
        OptionalDouble most = curve.stream().mapToDouble(Point::value).max();
        OptionalDouble least = curve.stream().mapToDouble(Point::value).min();
        return most.isPresent() && least.isPresent()
                ? Optional.of(most.getAsDouble() / least.getAsDouble())
                : Optional.empty();
    }
}
