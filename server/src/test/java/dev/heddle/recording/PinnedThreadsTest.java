package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.LogLines;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

class PinnedThreadsTest {
    private static void hold(PinnedThreads pins, String place, int times) {
        for (int i = 0; i < times; i++) {
            pins.held(30, place);
        }
    }

    private static long told(LogLines lines, String place) {
        return lines.all().stream().filter(line -> line.contains(place)).count();
    }

    @Test
    void eachPlaceIsToldTwiceAtOnceHoweverOftenAnotherIs() {
        Counters counters = new Counters();
        try (LogLines lines = new LogLines();
                PinnedThreads pins = new PinnedThreads(counters)) {
            hold(pins, "at one", 1_000);
            hold(pins, "at another", 2);
            assertEquals(3, told(lines, "at one")); // twice, and once for all the others
            assertEquals(2, told(lines, "at another"));
        }
        assertEquals(1_002, counters.pinned.sum());
    }

    @Test
    void manyPlacesAreNotTold() {
        try (LogLines lines = new LogLines();
                PinnedThreads pins = new PinnedThreads(new Counters())) {
            for (int i = 0; i < 1_000; i++) {
                hold(pins, "at place " + i, 2);
            }
            assertEquals(201, told(lines, "at place"));
        }
    }
}
