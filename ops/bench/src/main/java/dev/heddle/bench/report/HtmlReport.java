package dev.heddle.bench.report;

import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A report as one HTML page that needs nothing else, not even a network: what draws its plots is
/// in it. Without scripts its numbers and tables can be read, and its plots are missing.
public final class HtmlReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    /// The dashboard's, in the server's jar.
    private static final String UPLOT = "/dashboard/uplot/";

    private static final long GIB = 1L << 30;

    private HtmlReport() {}

    /// The report on one result.
    public static String of(Result result) {
        return page(
                "Heddle bench: " + result.scenario(),
                capitalised(result.scenario()),
                result.started(),
                result.environment(),
                List.of(body(result)));
    }

    /// A page around sections that are HTML already.
    ///
    /// @param title of the window
    /// @param heading of the page
    public static String page(
            String title,
            String heading,
            Instant started,
            Environment environment,
            List<String> sections) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s
        %s</style>
        </head>
        <body>
        <header>
        %s
        <div><h1>%s</h1><p>%s</p></div>
        </header>
        <main>
        %s
        </main>
        <footer>%s</footer>
        <script>
        %s
        %s</script>
        </body>
        </html>
        """
                .formatted(
                        Html.escape(title),
                        resource(UPLOT + "uPlot.min.css"),
                        resource("report.css"),
                        resource("mark.svg"),
                        Html.escape(heading),
                        TIME.format(started),
                        String.join("\n", sections),
                        Html.escape(machine(environment)),
                        resource(UPLOT + "uPlot.iife.min.js"),
                        resource("report.js"));
    }

    /// All about one result, as sections of a page: its headline, its plots, its tables.
    public static String body(Result result) {
        return Headline.of(result)
                + Plots.grid(ResultCharts.of(result).stream().map(Chart::html).toList())
                + "<section class=\"tables\">\n"
                + latencies(result.latencies())
                + table("Measured", figures(result.figures()))
                + table("Counted", counts(result.counts()))
                + table("Asked for", parameters(result))
                + "</section>\n";
    }

    private static String latencies(List<Latency> latencies) {
        if (latencies.isEmpty()) {
            return "";
        }
        List<String> columns = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
        StringBuilder html = new StringBuilder("<div class=\"wide\"><h2>Latencies</h2>\n<table>");
        html.append("<tr><th></th><th>count</th>");
        columns.forEach(column -> html.append("<th>").append(column).append("</th>"));
        html.append("</tr>\n");
        for (Latency latency : latencies) {
            html.append("<tr><th>").append(Html.escape(Names.label(latency.name())));
            html.append("</th><td>").append(Scale.count(latency.count())).append("</td>");
            for (String column : columns) {
                Double micros = latency.percentiles().get(column);
                String text = micros == null ? "" : Scale.text(micros, "µs");
                html.append("<td>").append(text).append("</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</table></div>\n").toString();
    }

    private static Map<String, String> figures(Map<String, Double> figures) {
        Map<String, String> rows = new TreeMap<>();
        figures.forEach(
                (name, value) -> rows.put(Names.label(name), Scale.text(value, Names.unit(name))));
        return rows;
    }

    private static Map<String, String> counts(Map<String, Long> counts) {
        Map<String, String> rows = new TreeMap<>();
        counts.forEach((name, value) -> rows.put(Names.label(name), Scale.count(value)));
        return rows;
    }

    private static Map<String, String> parameters(Result result) {
        Map<String, String> rows = new TreeMap<>();
        result.parameters()
                .forEach((name, value) -> rows.put(Names.label(name), String.valueOf(value)));
        rows.put("duration", Scale.text(result.seconds(), "s"));
        return rows;
    }

    private static String table(String heading, Map<String, String> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<div><h2>" + heading + "</h2>\n<table>\n");
        rows.forEach(
                (name, value) ->
                        html.append("<tr><th>")
                                .append(Html.escape(name))
                                .append("</th><td>")
                                .append(Html.escape(value))
                                .append("</td></tr>\n"));
        return html.append("</table></div>\n").toString();
    }

    private static String machine(Environment environment) {
        String memory =
                environment.memoryBytes() > 0
                        ? Math.ceilDiv(environment.memoryBytes(), GIB) + " GiB"
                        : "";
        return List.of(
                        environment.cores() + " cores",
                        environment.processor(),
                        memory,
                        environment.system(),
                        "load tool on Java " + environment.java())
                .stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
