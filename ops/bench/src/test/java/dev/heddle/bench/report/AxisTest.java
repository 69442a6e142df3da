package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.bench.report.Axis.Tick;

import org.junit.jupiter.api.Test;

import java.util.List;

class AxisTest {
    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Tick::label).toList();
    }

    @Test
    void endsAtARoundValue() {
        Axis axis = Axis.fromZero("bytes", 37 << 20, 4);
        assertEquals("MiB", axis.scale().label());
        assertEquals(List.of("0", "10", "20", "30", "40"), labels(axis));
        assertEquals(0.5, axis.place(20 << 20), 1e-9);
    }

    @Test
    void fillsThePlotWithTime() {
        Axis axis = Axis.exact("s", 61, 5);
        assertEquals(List.of("0", "20", "40", "60 s"), labels(axis));
        assertEquals(1, axis.place(61));
        assertEquals("min", Axis.exact("s", 1800, 5).scale().label());
    }

    @Test
    void spansWholePowersOfTen() {
        Axis axis = Axis.logarithmic("µs", 30, 4_000);
        assertEquals(List.of("10", "100", "1000", "10000"), labels(axis));
        assertEquals("µs", axis.scale().label());
        assertEquals(0, axis.place(10));
        assertEquals(1.0 / 3, axis.place(100), 1e-9);
    }

    @Test
    void writesALongSpanInTheUnitOfItsMiddle() {
        Axis axis = Axis.logarithmic("µs", 30, 4_000_000);
        assertEquals("ms", axis.scale().label());
        assertEquals("0.01", labels(axis).getFirst());
        assertEquals("10000", labels(axis).getLast());
    }

    @Test
    void givesEachNineTheSameSpace() {
        Axis axis = Axis.quantiles(10_000);
        assertEquals(List.of("50%", "90%", "99%", "99.9%", "99.99%"), labels(axis));
        assertEquals(0.25, axis.place(1 / (1 - 0.9)), 1e-9);
        assertEquals(0.5, axis.place(1 / (1 - 0.99)), 1e-9);
    }

    @Test
    void copesWithNothingToShow() {
        assertEquals(0, Axis.fromZero("µs", 0, 4).place(0));
        assertEquals(0, Axis.exact("s", 0, 5).place(0));
        assertEquals(0, Axis.logarithmic("µs", 1, 1).place(1));
    }
}
