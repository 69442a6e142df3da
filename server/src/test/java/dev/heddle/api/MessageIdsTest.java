package dev.heddle.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Crew;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class MessageIdsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final MessageIds ids = new MessageIds(3, now::get);

    @Test
    void anIdIsClaimedOnce() {
        assertTrue(ids.claim("a"));
        assertFalse(ids.claim("a"));
        assertTrue(ids.claim("A"));
    }

    @Test
    void anIdIsForgottenAfterTwelveHoursFromItsFirstClaim() {
        assertTrue(ids.claim("a"));
        now.addAndGet(MessageIds.WINDOW.toNanos() - 1);
        assertFalse(ids.claim("a"));
        now.incrementAndGet();
        assertTrue(ids.claim("a"));
        assertFalse(ids.claim("a"));
    }

    @Test
    void theOldestIsForgottenWhenThereIsNoRoom() {
        assertTrue(ids.claim("a"));
        assertTrue(ids.claim("b"));
        assertTrue(ids.claim("c"));
        assertFalse(ids.claim("a"));
        assertTrue(ids.claim("d"));
        assertFalse(ids.claim("b"));
        assertFalse(ids.claim("c"));
        assertFalse(ids.claim("d"));
        assertTrue(ids.claim("a"));
    }

    @Test
    void isUnderWayUntilSomebodyKnows() {
        assertTrue(ids.claim("a"));
        assertTrue(ids.isUnderWay("a"));
        ids.confirm("a");
        assertFalse(ids.isUnderWay("a"));
        assertFalse(ids.claim("a"));
        assertTrue(ids.claim("b"));
        ids.release("b");
        assertFalse(ids.isUnderWay("b"));
    }

    @Test
    void anIdThatIsGivenBackCanBeClaimedAgain() {
        assertTrue(ids.claim("a"));
        ids.release("a");
        assertTrue(ids.claim("a"));
    }

    @Test
    void ofThoseWhoClaimAtTheSameTimeOneGetsIt() throws Exception {
        int rounds = 2_000;
        int claimants = 4;
        MessageIds shared = new MessageIds(rounds);
        AtomicInteger got = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(claimants);
        try (Crew crew = new Crew()) {
            for (int i = 0; i < claimants; i++) {
                crew.start(
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                together.await();
                                if (shared.claim("message " + round)) {
                                    got.incrementAndGet();
                                }
                            }
                        });
            }
            crew.join(Duration.ofSeconds(30));
        }
        assertEquals(rounds, got.get());
    }
}
