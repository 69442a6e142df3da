package dev.heddle.bench.report;

import dev.heddle.bench.report.Chart.Axis;
import dev.heddle.bench.report.Chart.Kind;
import dev.heddle.bench.report.Chart.Line;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which plots a result gives: one over time for each unit of its series, the percentile curve, and
/// memory against connections.
final class ResultCharts {
    private static final int STEPS_PER_HALVING = 8;
    private static final double NANOS_PER_MICRO = 1000;

    /// The order of the plots, and their titles; other units follow, by their own names.
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("µs", "Latency over time");
        TITLES.put("1/s", "Throughput");
        TITLES.put("bytes", "Memory of the server");
        TITLES.put("%", "CPU, in percent of one core");
        TITLES.put("connections", "Open connections");
    }

    private ResultCharts() {}

    /// All plots that the result has data for.
    static List<Chart> of(Result result) {
        Map<String, List<Series>> byUnit = new LinkedHashMap<>();
        TITLES.keySet().forEach(unit -> byUnit.put(unit, new ArrayList<>()));
        for (Series series : result.series()) {
            if (!series.points().isEmpty()) {
                byUnit.computeIfAbsent(series.unit(), _ -> new ArrayList<>()).add(series);
            }
        }
        List<Chart> charts = new ArrayList<>();
        for (Map.Entry<String, List<Series>> entry : byUnit.entrySet()) {
            String unit = entry.getKey();
            if (!entry.getValue().isEmpty()) {
                charts.add(overTime(unit, entry.getValue()));
            }
            if (unit.equals("µs")) {
                percentiles("Percentiles", result.latencies()).ifPresent(charts::add);
            }
            if (unit.equals("bytes")) {
                memoryAgainstConnections(result.series()).ifPresent(charts::add);
            }
        }
        return charts;
    }

    private static Chart overTime(String unit, List<Series> group) {
        List<Line> lines =
                group.stream()
                        .map(
                                series ->
                                        new Line(
                                                Names.label(series.name()),
                                                series.points(),
                                                series.name().contains("Live")))
                        .toList();
        String title = TITLES.getOrDefault(unit, capitalised(unit));
        Axis time = new Axis(Kind.LINEAR, "s");
        return new Chart(title, "", time, new Axis(Kind.LINEAR, unit), lines);
    }

    /// The percentile curves; empty when nothing was recorded.
    static Optional<Chart> percentiles(String title, List<Latency> latencies) {
        List<Line> lines = new ArrayList<>();
        for (Latency latency : latencies) {
            if (latency.count() > 0) {
                lines.add(new Line(Names.label(latency.name()), curve(latency.decode()), false));
            }
        }
        lines.removeIf(line -> line.points().isEmpty());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Axis across = new Axis(Kind.PERCENTILE, "percentile");
        Axis up = new Axis(Kind.LOGARITHMIC, "µs");
        String note = "how long the given share took at most";
        return Optional.of(new Chart(title, note, across, up, lines));
    }

    /// The distribution as points (1/(1-quantile), µs), as far as a logarithmic axis has them.
    private static List<Point> curve(Histogram nanos) {
        List<Point> points = new ArrayList<>();
        double end = nanos.getTotalCount();
        for (HistogramIterationValue value : nanos.percentiles(STEPS_PER_HALVING)) {
            double quantile = value.getPercentileLevelIteratedTo() / 100;
            double at = quantile >= 1 ? end : Math.min(1 / (1 - quantile), end);
            if (value.getValueIteratedTo() > 0) {
                points.add(new Point(at, value.getValueIteratedTo() / NANOS_PER_MICRO));
            }
        }
        return points;
    }

    private static Optional<Chart> memoryAgainstConnections(List<Series> all) {
        Optional<Series> connections =
                all.stream().filter(series -> series.unit().equals("connections")).findFirst();
        if (connections.isEmpty() || connections.get().points().size() < 2) {
            return Optional.empty();
        }
        List<Line> lines =
                all.stream()
                        .filter(series -> series.unit().equals("bytes"))
                        .map(
                                series ->
                                        new Line(
                                                Names.label(series.name()),
                                                Joining.against(connections.get(), series),
                                                true))
                        .filter(line -> line.points().size() > 2)
                        .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Chart(
                        "Memory against connections",
                        "one dot for each sample",
                        new Axis(Kind.LINEAR, "connections"),
                        new Axis(Kind.LINEAR, "bytes"),
                        lines));
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? "Value" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
