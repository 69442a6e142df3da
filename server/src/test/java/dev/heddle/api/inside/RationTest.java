package dev.heddle.api.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.api.http.Refusal;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

class RationTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50 * MILLI); // and wraps around
    private final Ration ration = new Ration(now::get);

    private void run(long millis) throws Refusal {
        long began = ration.take();
        now.addAndGet(millis * MILLI);
        ration.giveBack(began);
    }

    private void requireRest(int seconds) {
        Refusal refusal = assertThrows(Refusal.class, ration::take);
        assertEquals(429, refusal.answer().status());
        assertEquals("" + seconds, refusal.answer().headers().get("Retry-After"));
    }

    @Test
    void restsForAHundredTimesAsLongAsItTook() throws Refusal {
        run(150);
        requireRest(15);
        now.addAndGet(14_999 * MILLI);
        requireRest(1);
        now.addAndGet(1 * MILLI);
        run(1);
        now.addAndGet(100 * MILLI);
        run(1);
    }

    @Test
    void runsOnceAtATime() throws Refusal {
        ration.take();
        requireRest(1);
    }
}
