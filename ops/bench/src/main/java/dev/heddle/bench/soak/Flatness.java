package dev.heddle.bench.soak;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Whether something stayed as it was. The rule: of the last two thirds of the time, the median of
/// the slopes between all pairs of points (Theil and Sen's estimate, which single outliers do not
/// move), times their duration, is the growth; it is flat when that is at most the allowance.
/// Shrinking is flat.
///
/// @param name of the series
/// @param unit of the values
/// @param median of the values
/// @param growth over the last two thirds; negative when it shrank
/// @param allowed what may be called flat
record Flatness(String name, String unit, double median, double growth, double allowed) {
    private static final double IGNORED_SHARE = 1.0 / 3;

    /// More than enough for a slope, and pairs grow with the square.
    private static final int MOST_POINTS = 1000;

    /// Judges a series.
    ///
    /// @param allowedShare of the median
    /// @param allowedLeast what is allowed even when that share is less
    /// @throws IllegalArgumentException when there are fewer than two points in the last two thirds
    static Flatness of(Series series, double allowedShare, double allowedLeast) {
        List<Point> points = lastTwoThirds(series.points());
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

    private static List<Point> lastTwoThirds(List<Point> points) {
        if (points.isEmpty()) {
            return points;
        }
        double from = points.getLast().seconds() * IGNORED_SHARE;
        List<Point> last = points.stream().filter(point -> point.seconds() >= from).toList();
        int step = Math.ceilDiv(last.size(), MOST_POINTS);
        return step <= 1
                ? last
                : IntStream.range(0, last.size() / step).mapToObj(i -> last.get(i * step)).toList();
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
