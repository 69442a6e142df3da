package dev.heddle.bench.suite;

import dev.heddle.bench.report.Bullet;
import dev.heddle.bench.report.HtmlReport;
import dev.heddle.bench.report.Plots;
import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Series;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What the suite has found, as a page and as Markdown.
final class SuiteReport {
    private static final long GIB = 1L << 30;

    private SuiteReport() {}

    /// The page.
    static String html(Outcome outcome) {
        List<Bullet> bullets = outcome.verdicts().stream().map(SuiteReport::bullet).toList();
        List<String> plots = new ArrayList<>();
        for (String what : List.of("delivery", "handshake")) {
            List<Series> curves =
                    outcome.growth().stream()
                            .filter(series -> series.name().startsWith(what))
                            .toList();
            if (!curves.isEmpty()) {
                plots.add(
                        Plots.over(
                                "connections",
                                "Server CPU per " + what,
                                "against the number of connections",
                                curves));
            }
        }
        if (!outcome.latencies().isEmpty()) {
            plots.add(Plots.percentiles("Latency of the fan-out at 2/s", outcome.latencies()));
        }
        return HtmlReport.page(
                "Heddle bench: suite",
                "Heddle beside the floor",
                outcome.started(),
                outcome.environment(),
                List.of(
                        Bullet.chart(
                                "Aims",
                                "Left of the line is better than the aim. The dot is the median of "
                                        + outcome.rounds()
                                        + " rounds, the bar goes from the best to the worst.",
                                bullets),
                        Scoreboard.of(outcome).html("Figures"),
                        Plots.grid(plots)));
    }

    /// The table with the machine, the date and the command.
    static String markdown(Outcome outcome, String command) {
        Environment machine = outcome.environment();
        return """
        `%s` took %.0f minutes on %tF (%d cores of %s, %d GiB, %s, load tool on Java %s). The floor \
        is `ops/bench/floor/floor.c`; its and Heddle's own figures are CPU of the server per \
        operation, medians of %d rounds. The ratios are of the same round.

        %s\
        """
                .formatted(
                        command,
                        Math.ceil(outcome.seconds() / 60),
                        outcome.started().atZone(ZoneOffset.UTC),
                        machine.cores(),
                        machine.processor(),
                        Math.ceilDiv(machine.memoryBytes(), GIB),
                        machine.system(),
                        machine.java(),
                        outcome.rounds(),
                        Scoreboard.of(outcome).markdown());
    }

    private static Bullet bullet(Verdict verdict) {
        double aim = verdict.row().aim;
        return new Bullet(
                verdict.row().label,
                Scoreboard.judged(verdict.row(), verdict.figure().median()),
                Scoreboard.judged(verdict.row(), aim),
                verdict.figure().median() / aim,
                verdict.figure().min() / aim,
                verdict.figure().max() / aim);
    }
}
