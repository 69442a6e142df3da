package dev.heddle.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.CommandRates;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What is allowed per second, at times that the test says; wherever the clock begins.
class RateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// 10 messages a second, 3 at once; 1,000 bytes a second, 500 at once; patience for 2 s.
    private static Throttle throttle(long now) {
        return new Throttle(
                Throttle.Rates.of(new CommandRates(10, 3, 1000, 500, Duration.ofSeconds(2))), now);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, -1})
    void aBurstIsFreeAndThenEachMessageWaitsItsTurn(long now) {
        Throttle throttle = throttle(now);
        for (int i = 0; i < 3; i++) {
            assertEquals(0, throttle.take(1, now));
        }
        assertEquals(SECOND / 10, throttle.take(1, now));
        assertEquals(SECOND / 10, throttle.take(1, now + SECOND / 10));
        assertEquals(0, throttle.take(1, now + SECOND));
    }

    @Test
    void bytesCountBesideMessages() {
        Throttle throttle = throttle(0);
        assertEquals(0, throttle.take(500, 0));
        assertEquals(SECOND / 10, throttle.take(100, 0));
        assertEquals(0, throttle.take(0, SECOND));
    }

    @Test
    void aMessageLargerThanTheBurstWaitsButIsTaken() {
        assertEquals(SECOND, throttle(0).take(1500, 0));
    }

    @Test
    void whoWaitsTooLongInAllIsEnded() {
        Throttle throttle = throttle(0);
        long now = 0;
        long waited = 0;
        for (long wait = 0; wait >= 0; wait = throttle.take(1, now)) {
            waited += wait;
            now += wait;
        }
        assertEquals(2 * SECOND, waited);
    }

    @Test
    void patienceIsFullAgainOnceTheBurstIs() {
        Throttle throttle = throttle(0);
        for (int round = 0; round < 10; round++) {
            long now = 10L * round * SECOND;
            assertEquals(SECOND * 3 / 2, throttle.take(2000, now));
        }
    }

    @Test
    void noLimitIsNoLimit() {
        Throttle throttle =
                new Throttle(
                        Throttle.Rates.of(new CommandRates(0, 1, 0, 1, Duration.ofSeconds(1))), 0);
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, throttle.take(1 << 20, 0));
        }
    }
}
