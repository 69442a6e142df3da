package dev.heddle.bench.report;

import dev.heddle.bench.result.Series.Point;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A plot of some curves.
///
/// @param title what it shows
/// @param note one sentence below the title; may be empty
/// @param x the axis along the bottom
/// @param y the axis on the left
/// @param lines its curves
record Chart(String title, String note, Axis x, Axis y, List<Line> lines) {
    /// The drawing's own units along each side; stretched to whatever space there is.
    private static final int SIDE = 1000;

    /// More points than this cannot be told apart.
    private static final int MAX_POINTS = 600;

    /// A curve, or the points of one.
    ///
    /// @param name for the legend
    /// @param points in the order of x, in the units of the axes' values
    /// @param isDotted whether only the points are drawn: measurements with nothing in between
    record Line(String name, List<Point> points, boolean isDotted) {}

    /// The plot as a `figure` element.
    String html() {
        return """
        <figure class="chart" data-x="%s" data-y="%s">
        <figcaption><b>%s</b>%s</figcaption>
        %s
        <div class="plot" style="--gutter: %dch">
        <div class="unit">%s</div>
        <div class="y">%s</div>
        <svg viewBox="0 0 %d %d" preserveAspectRatio="none" role="img" aria-label="%s">
        <path class="grid" d="%s"/>
        %s
        </svg>
        <div class="x">%s</div>
        </div>
        </figure>
        """
                .formatted(
                        data(x),
                        data(y),
                        Html.escape(title),
                        note.isEmpty() ? "" : " <span>" + Html.escape(note) + "</span>",
                        legend(),
                        y.ticks().stream().mapToInt(tick -> tick.label().length()).max().orElse(1),
                        Html.escape(y.scale().label()),
                        labels(y, "bottom"),
                        SIDE,
                        SIDE,
                        Html.escape(title),
                        grid(),
                        curves(),
                        labels(x, "left"));
    }

    private String legend() {
        if (lines.size() == 1 && lines.getFirst().name().isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < lines.size(); i++) {
            html.append("<li class=\"dye%d\">".formatted(i))
                    .append(Html.escape(lines.get(i).name()))
                    .append("</li>");
        }
        return html.append("</ul>").toString();
    }

    private String grid() {
        return y.ticks().stream()
                .map(tick -> "M0 " + coordinate(1 - y.place(tick.at())) + "H" + SIDE)
                .collect(Collectors.joining());
    }

    private String curves() {
        StringBuilder paths = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            paths.append(
                    "<path class=\"%s dye%d\" d=\"%s\"/>\n"
                            .formatted(line.isDotted ? "dots" : "line", i, path(line)));
        }
        return paths.toString();
    }

    private String path(Line line) {
        StringBuilder path = new StringBuilder();
        for (Point point : Thinning.extremes(line.points, MAX_POINTS)) {
            path.append(path.isEmpty() || line.isDotted ? 'M' : 'L')
                    .append(coordinate(x.place(point.seconds())))
                    .append(' ')
                    .append(coordinate(1 - y.place(point.value())));
            if (line.isDotted) {
                path.append("h0");
            }
        }
        return path.toString();
    }

    private static String labels(Axis axis, String side) {
        return axis.ticks().stream()
                .map(
                        tick ->
                                "<span style=\"%s:%s%%\">%s</span>"
                                        .formatted(
                                                side,
                                                decimal(100 * axis.place(tick.at())),
                                                Html.escape(tick.label())))
                .collect(Collectors.joining());
    }

    /// What the script needs to turn a coordinate back into a value.
    private static String data(Axis axis) {
        return "%s %s %s %s %s"
                .formatted(
                        axis.min(),
                        axis.max(),
                        axis.isLog() ? "log" : "linear",
                        axis.scale().divisor(),
                        Html.escape(axis.scale().label()));
    }

    private static String coordinate(double place) {
        return decimal(SIDE * place);
    }

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
