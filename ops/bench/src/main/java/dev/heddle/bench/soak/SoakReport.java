package dev.heddle.bench.soak;

import dev.heddle.bench.report.HtmlReport;
import dev.heddle.bench.report.Names;
import dev.heddle.bench.report.Scale;
import dev.heddle.bench.report.Table;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a soak has found, for people.
final class SoakReport {
    private static final double MIB = 1 << 20;

    /// By series: which growth over the last two thirds is still called flat, as a share of the
    /// median, and at least so much.
    private static final Map<String, double[]> ALLOWED =
            Map.of(
                    "serverHeapLiveBytes", new double[] {0.05, MIB},
                    "serverRssBytes", new double[] {0.05, 4 * MIB},
                    "serverDescriptors", new double[] {0.01, 8},
                    "serverThreads", new double[] {0.05, 2});

    private static final List<String> WRONG =
            List.of("lost", "duplicated", "reordered", "corrupted", "failed", "ended");

    private SoakReport() {}

    /// Whether what must stay flat has. A server that is no JVM has no heap to judge.
    ///
    /// @throws IllegalArgumentException when it was too short to tell
    static List<Flatness> judge(Result result) {
        List<Flatness> judged = new ArrayList<>();
        for (Series series : result.series()) {
            double[] allowed = ALLOWED.get(series.name());
            if (allowed != null && !series.points().isEmpty()) {
                judged.add(Flatness.of(series, allowed[0], allowed[1]));
            }
        }
        return judged;
    }

    /// How many messages or honest connections went wrong.
    static long wrong(Result result) {
        return WRONG.stream().mapToLong(result::count).sum();
    }

    /// For the terminal.
    static String text(Result result, List<Flatness> judged) {
        return new Table(lines(judged)).markdown()
                + "lost, duplicated, reordered, failed or dropped: "
                + wrong(result)
                + "\n";
    }

    /// The page.
    static String html(Result result, List<Flatness> judged) {
        return HtmlReport.page(
                "Heddle bench: soak",
                "Soak, %.0f minutes".formatted(result.seconds() / 60),
                result.started(),
                result.environment(),
                List.of(
                        new Table(lines(judged)).html("Flat over the last two thirds?"),
                        HtmlReport.body(result)));
    }

    private static List<List<String>> lines(List<Flatness> judged) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("", "median", "growth", "allowed", "flat"));
        for (Flatness flatness : judged) {
            lines.add(
                    List.of(
                            Names.label(flatness.name()),
                            Scale.text(flatness.median(), flatness.unit()),
                            Scale.text(flatness.growth(), flatness.unit()),
                            Scale.text(flatness.allowed(), flatness.unit()),
                            flatness.isFlat() ? "yes" : "no"));
        }
        return lines;
    }
}
