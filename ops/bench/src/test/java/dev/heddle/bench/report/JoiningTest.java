package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class JoiningTest {
    @Test
    void takesTheOtherSeriesAtTheSameTime() {
        Series connections =
                new Series("open", "connections", List.of(new Point(0, 0), new Point(10, 1000)));
        Series memory =
                new Series(
                        "rss",
                        "bytes",
                        List.of(new Point(2.5, 7), new Point(7.5, 9), new Point(11, 10)));
        assertEquals(
                List.of(new Point(250, 7), new Point(750, 9)),
                Joining.against(connections, memory));
    }

    @Test
    void keepsPeaksWhenThinning() {
        List<Point> points =
                IntStream.range(0, 10_000).mapToObj(i -> new Point(i, i == 777 ? 9 : 1)).toList();
        List<Point> thin = Thinning.extremes(points, 100);
        assertEquals(102, thin.size());
        assertEquals(9, thin.stream().mapToDouble(Point::value).max().orElseThrow());
        assertEquals(points.getFirst(), thin.getFirst());
        assertEquals(points.getLast(), thin.getLast());
    }
}
