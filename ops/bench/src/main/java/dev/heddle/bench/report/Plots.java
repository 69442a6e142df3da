package dev.heddle.bench.report;

import dev.heddle.bench.report.Chart.Axis;
import dev.heddle.bench.report.Chart.Kind;
import dev.heddle.bench.report.Chart.Line;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Series;

import java.util.List;

/// Plots that are not of a single result, as HTML for a page.
public final class Plots {
    private Plots() {}

    /// Curves over something else than time: a point's `seconds` are then in `unit`.
    ///
    /// @param curves at least one, of one unit, none of them empty
    public static String over(String unit, String title, String note, List<Series> curves) {
        List<Line> lines =
                curves.stream()
                        .map(curve -> new Line(curve.name(), curve.points(), false))
                        .toList();
        Axis up = new Axis(Kind.LINEAR, curves.getFirst().unit());
        return new Chart(title, note, new Axis(Kind.LINEAR, unit), up, lines).html();
    }

    /// Percentile curves of several distributions; nothing when there are none.
    public static String percentiles(String title, List<Latency> latencies) {
        return ResultCharts.percentiles(title, latencies).map(Chart::html).orElse("");
    }

    /// Plots side by side where there is room; nothing when there are none.
    public static String grid(List<String> plots) {
        return plots.isEmpty()
                ? ""
                : """
                <section class="charts">
                %s</section>
                <p class="note">Drag across a plot to zoom in; a double click shows all of it.</p>
                """
                        .formatted(String.join("", plots));
    }
}
