package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0 B, 0 us, 0 s",
        "3.21, 3, 3.2, 3.21 B, 3.21 s, 3 s",
        "65, 65, 65, 65 B, 65 s, 1 min 05 s",
        "12345, '12,345', '12,345', 12.1 KiB, 12345 s, 3 h 25 min",
        "356400, '356,400', '356,400', 348 KiB, 356400 s, 4 d 03 h",
        "0.00085, 0, 0.0, 0.00 B, 850 us, 0 s",
        "0.00124, 0, 0.0, 0.00 B, 1.24 ms, 0 s",
        "NaN, -, -, -, -, -",
    })
    void numbersAreShort(
            double value, String count, String rate, String bytes, String seconds, String age) {
        assertEquals(count, Figures.count(value));
        assertEquals(rate, Figures.rate(value));
        assertEquals(bytes, Figures.bytes(value));
        assertEquals(seconds, Figures.seconds(value));
        assertEquals(age, Figures.age(value));
    }

    @Test
    void whatLiesBeyondTheLastBucketIsMore() {
        assertEquals("> 20 s", Figures.seconds(Double.POSITIVE_INFINITY));
    }
}
