package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.junit.jupiter.api.Test;

import java.util.List;

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
}
