package dev.heddle.bench.soak;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether something stayed as it was. The rule: of the last two thirds of the time, take the
/// highest value of each minute. The median of the slopes between all pairs of them (Theil and
/// Sen's estimate, which single outliers do not move), times their duration, is the growth; it is
/// flat when that is at most the allowance. Shrinking is flat.
///
/// @param name of the series
/// @param unit of the values
/// @param median of those values
/// @param growth over the last two thirds; negative when it shrank
/// @param allowed what may be called flat
record Flatness(String name, String unit, double median, double growth, double allowed) {
    private static final double IGNORED_SHARE = 1.0 / 3;

    /// Judges a series.
    ///
    /// @param allowedShare of the median
    /// @param allowedLeast what is allowed even when that share is less
    /// @throws IllegalArgumentException when the last two thirds are not two minutes
    static Flatness of(Series series, double allowedShare, double allowedLeast) {
        List<Point> points = peaks(series.points());
        if (points.size() < 2) {
            throw new IllegalArgumentException(
                    "too few samples of " + series.name() + "; let it run for longer");
        }
        double duration = points.getLast().seconds() - points.getFirst().seconds();
        double median = median(points.stream().mapToDouble(Point::value).toArray());
        return new Flatness(
                series.name(),
                series.unit(),
                median,
                slope(points) * duration,
                Math.max(allowedShare * median, allowedLeast));
    }

    boolean isFlat() {
        return growth <= allowed;
    }

    private static List<Point> peaks(List<Point> points) {
        double end = points.isEmpty() ? 0 : points.getLast().seconds();
        Map<Long, Point> byMinute = new TreeMap<>();
        for (Point point : points) {
            if (point.seconds() >= end * IGNORED_SHARE) {
                byMinute.merge(
                        (long) (point.seconds() / 60),
                        point,
                        (a, b) -> a.value() >= b.value() ? a : b);
            }
        }
        return List.copyOf(byMinute.values());
    }

    private static double slope(List<Point> points) {
        double[] slopes = new double[points.size() * (points.size() - 1) / 2];
        int count = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                Point a = points.get(i);
                Point b = points.get(j);
                slopes[count++] = (b.value() - a.value()) / (b.seconds() - a.seconds());
            }
        }
        return median(slopes);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
