package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class SpreadTest {
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = Long.MAX_VALUE - 10 * SECOND; // the clock wraps around meanwhile
    private int left = 5_000;
    private final Spread spread = new Spread(now, 60 * SECOND);

    /// How many are due in so many looks.
    private int look(int times) {
        int due = 0;
        for (int i = 0; i < times; i++) {
            now += LOOK;
            int dueNow = spread.due(left, now);
            left -= dueNow;
            due += dueNow;
        }
        return due;
    }

    @Test
    void fiveThousandInAMinuteAre83EachSecondAndNeverMoreThan5Together() {
        for (int second = 0; second < 60; second++) {
            assertEquals(83.3, look(20), 1);
        }
        assertEquals(0, left);
    }

    @Test
    void noLookFindsABurst() {
        for (int i = 0; i < 1_199; i++) {
            int due = look(1);
            assertTrue(due == 4 || due == 5, () -> due + " are due");
        }
    }

    @Test
    void whoHasGoneByItselfIsNotWaitedForInABurst() {
        look(600);
        left -= 1_250;
        assertEquals(41.7, look(20), 1);
        look(579);
        assertTrue(left <= 5, () -> left + " are left");
    }

    @Test
    void anotherTimeChangesThePaceFromNowOn() {
        look(600);
        spread.endIn(now, 10 * SECOND);
        assertEquals(250, look(20), 1);
        look(180);
        assertEquals(0, left);
    }

    @Test
    void noTimeIsAllAtOnce() {
        spread.endIn(now, 0);
        assertEquals(0, spread.left(now));
        assertEquals(5_000, look(1));
    }
}
