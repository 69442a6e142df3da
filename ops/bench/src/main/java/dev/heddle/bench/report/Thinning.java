package dev.heddle.bench.report;

import dev.heddle.bench.result.Series.Point;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Fewer points for the same curve.
final class Thinning {
    private Thinning() {}

    /// At most about `max` of the points: of each stretch the lowest and the highest, so that no
    /// peak is lost. The first and last stay.
    static List<Point> extremes(List<Point> points, int max) {
        if (points.size() <= max) {
            return points;
        }
        List<Point> kept = new ArrayList<>();
        kept.add(points.getFirst());
        int stretches = max / 2;
        for (int i = 0; i < stretches; i++) {
            List<Point> stretch =
                    points.subList(
                            (int) ((long) points.size() * i / stretches),
                            (int) ((long) points.size() * (i + 1) / stretches));
            Comparator<Point> byValue = Comparator.comparingDouble(Point::value);
            Point low = stretch.stream().min(byValue).orElseThrow();
            Point high = stretch.stream().max(byValue).orElseThrow();
            boolean rises = low.seconds() <= high.seconds();
            kept.add(rises ? low : high);
            kept.add(rises ? high : low);
        }
        kept.add(points.getLast());
        return kept;
    }
}
