package dev.heddle.bench.report;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One series as a function of another, by their common time.
final class Joining {
    private Joining() {}

    /// For each point of `y` a point (value of `x` at that time, value of `y`), in the order of x.
    /// Between its points x is a straight line; outside them nothing is known.
    static List<Point> against(Series x, Series y) {
        List<Point> known = x.points();
        List<Point> joined = new ArrayList<>();
        int next = 0;
        for (Point point : y.points()) {
            while (next < known.size() && known.get(next).seconds() < point.seconds()) {
                next++;
            }
            if (next > 0 && next < known.size()) {
                double at = between(known.get(next - 1), known.get(next), point.seconds());
                joined.add(new Point(at, point.value()));
            }
        }
        joined.sort(Comparator.comparingDouble(Point::seconds));
        return joined;
    }

    private static double between(Point before, Point after, double seconds) {
        double share = (seconds - before.seconds()) / (after.seconds() - before.seconds());
        return before.value() + share * (after.value() - before.value());
    }
}
