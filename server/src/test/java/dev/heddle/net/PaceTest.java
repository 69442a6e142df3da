package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final int SECOND = 1_000_000;
    private static final Pace PACE = Pace.of(500);

    /// Takes so many at one time.
    private static int take(Pace pace, int fullAt, int now, int times) {
        int state = fullAt;
        for (int i = 0; i < times; i++) {
            state = pace.take(state, now);
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, -SECOND / 2})
    void asManyAsInASecondMayComeAtOnceWhateverTheClockSays(int now) {
        int full = take(PACE, now, now, 500);
        assertEquals(0, PACE.restMicros(full, now));
        assertTrue(PACE.restMicros(take(PACE, full, now, 5), now) > 0);
    }

    @Test
    void inTheLongRunNoMoreComeThanThePaceAllows() {
        int now = Integer.MAX_VALUE - 3 * SECOND;
        int began = now;
        int state = now;
        for (int i = 0; i < 5000; i++) {
            state = PACE.take(state, now);
            now += PACE.restMicros(state, now);
        }
        int seconds = (now - began) / SECOND;
        assertTrue(seconds >= 8 && seconds <= 9, seconds + " s for 5,000 at 500 a second");
    }

    @Test
    void aRestIsWorthIt() {
        int state = take(PACE, 0, 0, 500);
        while (PACE.restMicros(state, 0) == 0) {
            state = PACE.take(state, 0);
        }
        assertTrue(PACE.restMicros(state, 0) >= Pace.LEAST_REST_MICROS);
    }

    @Test
    void whoKeepsBelowThePaceNeverRests() {
        int state = 0;
        for (int now = 0; now < 20 * SECOND; now += SECOND / 500) {
            state = PACE.take(state, now);
            assertEquals(0, PACE.restMicros(state, now));
        }
    }

    @Test
    void aStateOfTheClocksLastTurnIsAFullBucket() {
        int stale = take(PACE, 0, 0, 500);
        int later = Integer.MIN_VALUE + 2 * SECOND;
        assertTrue(stale - later > SECOND, "it would be a long debt");
        assertEquals(0, PACE.restMicros(take(PACE, stale, later, 500), later));
    }

    @Test
    void zeroIsNoLimit() {
        Pace none = Pace.of(0);
        assertEquals(0, none.restMicros(take(none, 0, 0, 1_000_000), 0));
    }
}
