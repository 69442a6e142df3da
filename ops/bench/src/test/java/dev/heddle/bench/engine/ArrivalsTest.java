package dev.heddle.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class ArrivalsTest {
    private final Tally tally = new Tally();
    private final Arrivals arrivals = new Arrivals(2, tally);

    private void add(int... numbers) {
        for (int number : numbers) {
            arrivals.add(0, number);
        }
    }

    private void assertCounts(long lost, long duplicated, long reordered) {
        assertEquals(lost, tally.get(Count.LOST), "lost");
        assertEquals(duplicated, tally.get(Count.DUPLICATED), "duplicated");
        assertEquals(reordered, tally.get(Count.REORDERED), "reordered");
    }

    @Test
    void countsNothingWhenAllComeInOrder() {
        add(0, 1, 2, 3);
        arrivals.countLost(0, 4);
        assertEquals(4, arrivals.got(0));
        assertCounts(0, 0, 0);
    }

    @Test
    void countsWhatNeverComesAsLost() {
        add(0, 1, 4, 5);
        arrivals.countLost(0, 8);
        assertEquals(4, arrivals.got(0));
        assertCounts(4, 0, 0);
    }

    @Test
    void countsWhatComesLateAsReorderedAndNotAsLost() {
        add(2, 0, 1, 3);
        arrivals.countLost(0, 4);
        assertCounts(0, 0, 2);
    }

    @Test
    void countsWhatComesAgainAsDuplicated() {
        add(0, 0, 1, 3, 3, 2, 2);
        arrivals.countLost(0, 4);
        assertEquals(4, arrivals.got(0));
        assertCounts(0, 3, 1);
    }

    @Test
    void saysWhetherItIsNew() {
        assertTrue(arrivals.add(0, 1));
        assertTrue(arrivals.add(0, 0));
        assertFalse(arrivals.add(0, 1));
        assertTrue(arrivals.has(0, 1));
        assertFalse(arrivals.has(0, 2));
    }

    @Test
    void keepsReceiversApart() {
        arrivals.add(0, 0);
        arrivals.add(1, 0);
        assertEquals(1, arrivals.got(0));
        assertEquals(1, arrivals.got(1));
        assertCounts(0, 0, 0);
    }

    @Test
    void agreesWithASetOfNumbersWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Tally counts = new Tally();
            Arrivals some = new Arrivals(1, counts);
            Set<Integer> seen = new HashSet<>();
            int highest = -1;
            long reordered = 0;
            long duplicated = 0;
            for (int i = 0; i < 100; i++) {
                int number = Math.clamp(i + random.nextInt(9) - 4, 0, 120);
                some.add(0, number);
                if (!seen.add(number)) {
                    duplicated++;
                } else if (number < highest) {
                    reordered++;
                }
                highest = Math.max(highest, number);
            }
            some.countLost(0, 121);
            assertEquals(duplicated, counts.get(Count.DUPLICATED), "seed " + seed);
            assertEquals(reordered, counts.get(Count.REORDERED), "seed " + seed);
            assertEquals(121 - seen.size(), counts.get(Count.LOST), "seed " + seed);
        }
    }
}
