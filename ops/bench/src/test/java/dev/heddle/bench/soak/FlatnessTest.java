package dev.heddle.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

class FlatnessTest {
    private static Series minutes(IntToDoubleFunction value) {
        List<Point> points =
                IntStream.rangeClosed(0, 30)
                        .mapToObj(minute -> new Point(60 * minute, value.applyAsDouble(minute)))
                        .toList();
        return new Series("heap", "bytes", points);
    }

    @Test
    void seesASlowLeakInNoise() {
        Random random = new Random(3);
        Flatness leak =
                Flatness.of(minutes(m -> 1000 + 5 * m + 10 * random.nextGaussian()), 0.05, 0);
        assertEquals(100, leak.growth(), 20);
        assertFalse(leak.isFlat());
    }

    @Test
    void isNotFooledByTheBeginningNorByOneOutlier() {
        Flatness flat =
                Flatness.of(minutes(m -> m < 10 ? 100 * m : m == 29 ? 5000 : 1000), 0.05, 0);
        assertEquals(0, flat.growth());
        assertTrue(flat.isFlat());
    }

    @Test
    void letsShrinkingPass() {
        assertTrue(Flatness.of(minutes(m -> 1000 - 20 * m), 0, 0).isFlat());
    }

    @Test
    void allowsTheGreaterOfShareAndLeast() {
        assertTrue(Flatness.of(minutes(m -> 10 + 0.1 * m), 0.05, 2.5).isFlat());
        assertFalse(Flatness.of(minutes(m -> 10 + 0.1 * m), 0.05, 1.5).isFlat());
    }

    @Test
    void looksAtThePeaksOfASawtooth() {
        // The last minute is cut off in its valley.
        List<Point> points =
                IntStream.range(0, 1770).mapToObj(i -> new Point(i, 100 + (i + 20) % 60)).toList();
        Flatness sawtooth = Flatness.of(new Series("rss", "bytes", points), 0, 0);
        assertEquals(0, sawtooth.growth());
        assertEquals(159, sawtooth.median());
    }

    @Test
    void refusesToJudgeWithoutSamples() {
        Series one = new Series("heap", "bytes", List.of(new Point(60, 1)));
        assertThrows(IllegalArgumentException.class, () -> Flatness.of(one, 0.05, 0));
    }
}
