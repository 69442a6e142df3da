package dev.heddle.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Series.Point;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// A plot of some curves. The page's script draws it with uPlot, from JSON that stands in the page.
///
/// @param title what it shows
/// @param note one sentence beside the title; may be empty
/// @param x the axis along the bottom
/// @param y the axis on the left
/// @param lines its curves, none of them empty
record Chart(String title, String note, Axis x, Axis y, List<Line> lines) {
    private static final ObjectWriter JSON =
            Json.MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);

    /// What a pixel shows, and some more for who zooms in.
    private static final MathContext DIGITS = new MathContext(6);

    /// How an axis places its values.
    enum Kind {
        LINEAR,
        LOGARITHMIC,
        /// A quantile q stands at 1/(1-q), so each further nine is as far as the one before.
        PERCENTILE
    }

    /// One axis of a plot.
    ///
    /// @param unit of its values, as in a series
    record Axis(Kind kind, String unit) {
        private Scale scale(DoubleStream values) {
            var known = values.summaryStatistics();
            return switch (kind) {
                case LINEAR -> Scale.of(unit, known.getMax());
                case LOGARITHMIC -> Scale.of(unit, Math.sqrt(known.getMin() * known.getMax()));
                case PERCENTILE -> new Scale(1, unit);
            };
        }
    }

    /// A curve, or the points of one.
    ///
    /// @param name for the legend
    /// @param points in the order of x, in the units of the axes
    /// @param isDotted whether only the points are drawn: measurements with nothing in between
    record Line(String name, List<Point> points, boolean isDotted) {
        private double[] values(ToDoubleFunction<Point> value, Scale scale) {
            return points.stream()
                    .mapToDouble(point -> rounded(value.applyAsDouble(point) / scale.divisor()))
                    .toArray();
        }
    }

    /// What the script gets of a chart.
    private record Drawing(AxisDrawing x, AxisDrawing y, List<LineDrawing> lines) {}

    private record AxisDrawing(Kind kind, String unit) {}

    private record LineDrawing(String name, boolean isDotted, double[] x, double[] y) {}

    /// The plot as a `figure` element.
    String html() {
        Scale across = x.scale(points().mapToDouble(Point::seconds));
        Scale up = y.scale(points().mapToDouble(Point::value));
        Drawing drawing =
                new Drawing(
                        new AxisDrawing(x.kind, across.label()),
                        new AxisDrawing(y.kind, up.label()),
                        lines.stream().map(line -> drawing(line, across, up)).toList());
        return """
        <figure class="chart">
        <figcaption><b>%s</b>%s</figcaption>
        <div class="plot" role="img" aria-label="%s"></div>
        <script type="application/json">%s</script>
        </figure>
        """
                .formatted(
                        Html.escape(title),
                        note.isEmpty() ? "" : " <span>" + Html.escape(note) + "</span>",
                        Html.escape(title),
                        json(drawing));
    }

    private Stream<Point> points() {
        return lines.stream().flatMap(line -> line.points.stream());
    }

    private static LineDrawing drawing(Line line, Scale across, Scale up) {
        return new LineDrawing(
                line.name,
                line.isDotted,
                line.values(Point::seconds, across),
                line.values(Point::value, up));
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /// JSON that cannot end the element around it.
    private static String json(Drawing drawing) {
        try {
            return JSON.writeValueAsString(drawing).replace("<", "\\u003c");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
