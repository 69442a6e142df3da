package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.MessageIds;
import dev.heddle.broker.MessageIds.Claim;
import dev.heddle.broker.MessageIds.Known;
import dev.heddle.broker.RecentIds;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class OwnMessageIdsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final MessageIds ids = new OwnMessageIds(3, now::get);
    private final AtomicLong tokens = new AtomicLong();

    private boolean claims(String id) {
        return ids.claim(id, claim()).isEmpty();
    }

    private Claim claim() {
        return new Claim(7, tokens.incrementAndGet());
    }

    private Claim claimed(String id) {
        Claim claim = claim();
        assertEquals(Optional.empty(), ids.claim(id, claim));
        return claim;
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
        Claim claim = claimed("a");
        assertEquals(Optional.of(new Known(7, false)), ids.claim("a", claim()));
        ids.confirm("a", claim);
        assertEquals(Optional.of(new Known(7, true)), ids.claim("a", claim()));
    }

    @Test
    void anIdThatIsGivenBackCanBeClaimedAgain() {
        ids.release("a", claimed("a"));
        assertTrue(claims("a"));
    }

    @Test
    void whoseClaimIsForgottenGivesNobodyElsesBack() {
        Claim forgotten = claimed("a");
        assertTrue(claims("b") && claims("c") && claims("d"));
        assertTrue(claims("a"));
        ids.release("a", forgotten);
        assertFalse(claims("a"));
    }

    @Test
    void ofThoseWhoClaimAtTheSameTimeOneGetsIt() throws Exception {
        int rounds = 2_000;
        int claimants = 4;
        MessageIds shared = new OwnMessageIds(rounds);
        AtomicInteger got = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(claimants);
        try (Crew crew = new Crew()) {
            for (int i = 0; i < claimants; i++) {
                crew.start(
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                together.await();
                                if (shared.claim("message " + round, claim()).isEmpty()) {
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
