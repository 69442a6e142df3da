package dev.heddle.bench.report;

import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Two results side by side, as text for a terminal.
public final class Comparison {
    private static final List<String> PERCENTILES = List.of("p50", "p99", "p99.9", "max");

    private Comparison() {}

    /// First what makes the two hard to compare, if anything: another scenario, parameter or
    /// machine. Then a line for each figure, percentile and count, with what the second is of the
    /// first.
    public static String of(Result first, Result second) {
        return differences(first, second) + table(first, second);
    }

    private static String differences(Result first, Result second) {
        Map<String, Object> before = conditions(first);
        Map<String, Object> after = conditions(second);
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Object was = before.getOrDefault(name, "-");
            Object is = after.getOrDefault(name, "-");
            // As text: what was an int when written may be a long when read.
            if (!Objects.toString(was).equals(Objects.toString(is))) {
                text.append("differs: %s, %s and %s\n".formatted(name, was, is));
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    private static Map<String, Object> conditions(Result result) {
        Map<String, Object> conditions = new TreeMap<>(result.parameters());
        conditions.put("scenario", result.scenario());
        conditions.put("cores", result.environment().cores());
        conditions.put("processor", result.environment().processor());
        conditions.put("system", result.environment().system());
        return conditions;
    }

    private static String table(Result first, Result second) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("", "first", "second", "second/first"));
        lines.addAll(lines(first.figures(), second.figures(), Names::unit));
        lines.addAll(lines(latencies(first), latencies(second), _ -> "µs"));
        lines.addAll(lines(counts(first), counts(second), _ -> ""));
        int name = lines.stream().mapToInt(line -> line.name.length()).max().orElse(1);
        int value =
                lines.stream()
                        .mapToInt(line -> Math.max(line.first.length(), line.second.length()))
                        .max()
                        .orElse(1);
        String format = "%-" + name + "s  %" + value + "s  %" + value + "s  %12s\n";
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(format.formatted(line.name, line.first, line.second, line.ratio));
        }
        return text.toString();
    }

    private static List<Line> lines(
            Map<String, Double> first, Map<String, Double> second, Function<String, String> unit) {
        var names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        return names.stream()
                .map(name -> line(name, first.get(name), second.get(name), unit.apply(name)))
                .toList();
    }

    private static Line line(
            String name, @Nullable Double first, @Nullable Double second, String unit) {
        String ratio =
                first == null || second == null || first == 0
                        ? ""
                        : String.format(Locale.ROOT, "%.2f", second / first);
        return new Line(
                name,
                first == null ? "-" : Scale.text(first, unit),
                second == null ? "-" : Scale.text(second, unit),
                ratio);
    }

    private static Map<String, Double> latencies(Result result) {
        Map<String, Double> values = new TreeMap<>();
        for (Latency latency : result.latencies()) {
            for (String percentile : PERCENTILES) {
                Double micros = latency.percentiles().get(percentile);
                if (micros != null) {
                    values.put(latency.name() + " " + percentile, micros);
                }
            }
        }
        return values;
    }

    private static Map<String, Double> counts(Result result) {
        Map<String, Double> values = new TreeMap<>();
        result.counts().forEach((name, count) -> values.put(name, (double) count));
        return values;
    }

    /// One line of the table, as text already.
    private record Line(String name, String first, String second, String ratio) {}
}
