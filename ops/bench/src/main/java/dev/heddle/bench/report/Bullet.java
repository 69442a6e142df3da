package dev.heddle.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/// A measured value beside what was aimed at.
///
/// @param label what was measured
/// @param text the value, for people
/// @param aim what was aimed at, for people
/// @param median of the rounds, divided by the aim: up to 1 is good
/// @param min the best round, likewise
/// @param max the worst round, likewise
public record Bullet(String label, String text, String aim, double median, double min, double max) {
    /// What is this many times better or worse than its aim stands at the edge.
    private static final double EDGE = 4;

    /// A chart of such values on one logarithmic scale, whose middle is the aim.
    public static String chart(String title, String note, List<Bullet> bullets) {
        return """
        <section class="card">
        <h2>%s</h2>
        <p class="note">%s</p>
        <div class="bullets">
        %s</div>
        </section>
        """
                .formatted(
                        Html.escape(title),
                        Html.escape(note),
                        bullets.stream().map(Bullet::html).collect(Collectors.joining()));
    }

    private String html() {
        return """
        <div class="%s"><span>%s</span>\
        <i><b style="left:%.1f%%;right:%.1f%%"></b><u style="left:%.1f%%"></u></i>\
        <em>%s <small>aim %s</small></em></div>
        """
                .formatted(
                        median <= 1 ? "reached" : "missed",
                        Html.escape(label),
                        place(min),
                        100 - place(max),
                        place(median),
                        Html.escape(text),
                        Html.escape(aim));
    }

    /// Percent of the way from the left edge to the right one.
    private static double place(double ofAim) {
        double place = 0.5 + Math.log(ofAim) / Math.log(EDGE) / 2;
        return 100 * Math.clamp(place, 0, 1);
    }
}
