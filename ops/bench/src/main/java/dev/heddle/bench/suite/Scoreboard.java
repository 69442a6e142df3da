package dev.heddle.bench.suite;

import dev.heddle.bench.report.Table;
import dev.heddle.bench.suite.Row.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The table of aims with what came of each, as text.
final class Scoreboard {
    private static final double KIB = 1024;
    private static final double SMALL = 0.1;
    private static final double MICROS_PER_MILLI = 1000;

    private Scoreboard() {}

    static Table of(Outcome outcome) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("row", "floor", "Heddle", "median (min–max)", "aim", "reached"));
        outcome.verdicts().forEach(verdict -> lines.add(line(verdict)));
        lines.add(
                List.of(
                        "missing deliveries, dropped honest connections",
                        "",
                        outcome.missing() + ", " + outcome.dropped(),
                        "",
                        "0",
                        outcome.isComplete() ? "yes" : "no"));
        return new Table(lines);
    }

    /// What is compared with the aim, with its unit.
    static String judged(Row row, double value) {
        return number(row, value)
                + switch (row.kind) {
                    case RATIO, GROWTH -> "×";
                    case BYTES -> isInKib(row) ? " KiB" : " B";
                };
    }

    private static List<String> line(Verdict verdict) {
        Row row = verdict.row();
        Spread floor = verdict.floor();
        Spread figure = verdict.figure();
        String rounds =
                "%s (%s–%s)"
                        .formatted(
                                judged(row, figure.median()),
                                number(row, figure.min()),
                                number(row, figure.max()));
        return List.of(
                row.label,
                floor == null ? "–" : own(row, floor.median()),
                own(row, verdict.heddle().median()),
                rounds,
                "≤ " + judged(row, row.aim),
                verdict.isReached() ? "yes" : "no");
    }

    /// A server's own figure.
    private static String own(Row row, double value) {
        if (row.kind != Kind.RATIO) {
            return judged(row, value);
        }
        return value >= MICROS_PER_MILLI
                ? String.format(Locale.ROOT, "%.1f ms", value / MICROS_PER_MILLI)
                : String.format(Locale.ROOT, "%.2f µs", value);
    }

    private static String number(Row row, double value) {
        if (row.kind == Kind.BYTES && !isInKib(row)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        double shown = isInKib(row) ? value / KIB : value;
        return String.format(Locale.ROOT, shown < SMALL ? "%.3f" : "%.2f", shown);
    }

    private static boolean isInKib(Row row) {
        return row == Row.RSS;
    }
}
