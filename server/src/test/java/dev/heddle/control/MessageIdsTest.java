package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.RecentIds;
import dev.heddle.control.MessageIds.Claim;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class MessageIdsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final MessageIds ids = new MessageIds(3, now::get);

    private boolean claims(String id) {
        return ids.claim(id, "text").isPresent();
    }

    @Test
    void anIdIsClaimedOnce() {
        assertTrue(claims("a"));
        assertFalse(claims("a"));
        assertTrue(claims("A"));
    }

    @Test
    void anIdIsForgottenAfterTwelveHoursFromItsFirstClaim() {
        assertTrue(claims("a"));
        now.addAndGet(RecentIds.WINDOW.toNanos() - 1);
        assertFalse(claims("a"));
        now.incrementAndGet();
        assertTrue(claims("a"));
        assertFalse(claims("a"));
    }

    @Test
    void theOldestIsForgottenWhenThereIsNoRoom() {
        assertTrue(claims("a"));
        assertTrue(claims("b"));
        assertTrue(claims("c"));
        assertFalse(claims("a"));
        assertTrue(claims("d"));
        assertFalse(claims("b"));
        assertFalse(claims("c"));
        assertFalse(claims("d"));
        assertTrue(claims("a"));
    }

    @Test
    void isUnderWayUntilSomebodyKnows() {
        Claim claim = ids.claim("a", "text").orElseThrow();
        assertTrue(ids.isUnderWay("a"));
        ids.confirm(claim);
        assertFalse(ids.isUnderWay("a"));
        assertFalse(claims("a"));
        assertFalse(ids.isUnderWay("b"));
    }

    @Test
    void anIdThatIsGivenBackCanBeClaimedAgain() {
        ids.release(ids.claim("a", "text").orElseThrow());
        assertFalse(ids.isUnderWay("a"));
        assertTrue(claims("a"));
    }

    @Test
    void whoseClaimIsForgottenGivesNobodyElsesBack() {
        Claim forgotten = ids.claim("a", "text").orElseThrow();
        assertTrue(claims("b") && claims("c") && claims("d"));
        assertTrue(claims("a"));
        ids.release(forgotten);
        assertFalse(claims("a"));
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
                                if (shared.claim("message " + round, "text").isPresent()) {
                                    got.incrementAndGet();
                                }
                            }
                        });
            }
            crew.join(Patience.BOUND);
        }
        assertEquals(rounds, got.get());
    }
}
