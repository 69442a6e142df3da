package dev.heddle.bench.report;

import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;

import java.util.List;
import java.util.Optional;

/// The few numbers that are read first.
final class Headline {
    private static final List<String> FIGURES =
            List.of(
                    "opsPerSecond",
                    "handshakesPerSecond",
                    "serverCpuMicrosPerOp",
                    "serverCpuMicrosPerHandshake",
                    "serverRssBytesPerConnection",
                    "serverHeapBytesPerConnection");
    private static final List<String> PROBLEMS =
            List.of(
                    "failed",
                    "lost",
                    "duplicated",
                    "reordered",
                    "corrupted",
                    "unexpected",
                    "httpFailed",
                    "protocolErrors",
                    "notBack",
                    "ended");

    private Headline() {}

    /// Tiles: what was counted wrong first, then latencies and figures.
    static String of(Result result) {
        StringBuilder html = new StringBuilder("<section class=\"tiles\">\n");
        html.append(problems(result));
        if (!result.latencies().isEmpty()) {
            Latency first = result.latencies().getFirst();
            for (String percentile : List.of("p50", "p99")) {
                Optional.ofNullable(first.percentiles().get(percentile))
                        .ifPresent(
                                micros ->
                                        html.append(
                                                tile(
                                                        Scale.text(micros, "µs"),
                                                        Names.label(first.name())
                                                                + " "
                                                                + percentile)));
            }
        }
        for (String name : FIGURES) {
            result.figure(name)
                    .ifPresent(
                            value ->
                                    html.append(
                                            tile(
                                                    Scale.text(value, Names.unit(name)),
                                                    Names.label(name))));
        }
        return html.append("</section>\n").toString();
    }

    private static String problems(Result result) {
        StringBuilder html = new StringBuilder();
        for (String name : PROBLEMS) {
            if (result.count(name) > 0) {
                html.append(
                        "<div class=\"bad\"><b>%s</b><span>%s</span></div>\n"
                                .formatted(Scale.count(result.count(name)), Names.label(name)));
            }
        }
        return html.isEmpty()
                ? "<div class=\"good\"><b>0</b><span>lost, failed, wrong</span></div>\n"
                : html.toString();
    }

    private static String tile(String value, String label) {
        return "<div><b>%s</b><span>%s</span></div>\n"
                .formatted(Html.escape(value), Html.escape(label));
    }
}
