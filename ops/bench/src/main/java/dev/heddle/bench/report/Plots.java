package dev.heddle.bench.report;

import dev.heddle.bench.report.Chart.Line;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import java.util.List;

/// Plots that are not of a single result, as HTML for a page.
public final class Plots {
    private static final int TICKS_ACROSS = 5;
    private static final int TICKS_UP = 4;

    private Plots() {}

    /// Curves over something else than time: a point's `seconds` are then in `unit`.
    ///
    /// @param curves at least one, of one unit, none of them empty
    public static String over(String unit, String title, String note, List<Series> curves) {
        List<Line> lines =
                curves.stream()
                        .map(curve -> new Line(curve.name(), curve.points(), false))
                        .toList();
        double across = points(lines).stream().mapToDouble(Point::seconds).max().orElseThrow();
        double up = points(lines).stream().mapToDouble(Point::value).max().orElseThrow();
        return new Chart(
                        title,
                        note,
                        Axis.exact(unit, across, TICKS_ACROSS),
                        Axis.fromZero(curves.getFirst().unit(), up, TICKS_UP),
                        lines)
                .html();
    }

    /// Percentile curves of several distributions; nothing when there are none.
    public static String percentiles(String title, List<Latency> latencies) {
        return ResultCharts.percentiles(title, latencies).map(Chart::html).orElse("");
    }

    /// Plots side by side where there is room.
    public static String grid(List<String> plots) {
        return "<section class=\"charts\">\n" + String.join("", plots) + "</section>\n";
    }

    private static List<Point> points(List<Line> lines) {
        return lines.stream().flatMap(line -> line.points().stream()).toList();
    }
}
