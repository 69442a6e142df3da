package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.frame.ProtocolViolation;
import dev.heddle.support.Crew;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class UnfinishedBytesTest {
    private static final int MAX = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UnfinishedBytes account = new UnfinishedBytes(MAX);
    private final Crew crew = new Crew();

    @AfterEach
    void nothingIsHeld() throws Exception {
        crew.join(PATIENCE);
        crew.close();
        assertEquals(0, account.held());
    }

    private UnfinishedBytes.Share holding(IdlePeer peer, int bytes) throws Exception {
        UnfinishedBytes.Share share = account.share(peer);
        share.reserve(bytes, false);
        return share;
    }

    /// Starts a message that has so many bytes in its buffer, and waits until it waits for room.
    private IdlePeer inLine(int bytes) {
        IdlePeer peer = new IdlePeer();
        crew.start(
                () -> {
                    UnfinishedBytes.Share share = account.share(peer);
                    share.reserve(bytes, true);
                    share.release();
                });
        Soon.until(peer::isWaiting);
        return peer;
    }

    @Test
    void whoFindsNoRoomWaitsUntilThereIsSome() throws Exception {
        UnfinishedBytes.Share first = holding(new IdlePeer(), MAX);
        first.becomesWhole();
        UnfinishedBytes.Share second = holding(new IdlePeer(), MAX);
        second.becomesWhole();
        IdlePeer third = inLine(1);
        assertEquals(2 * MAX, account.held());
        second.release();
        Soon.until(() -> !third.isWaiting());
        assertFalse(third.isOver());
        first.release();
    }

    @Test
    void aWholeMessageThatWaitsToBeHandledTakesNobodysRoom() throws Exception {
        UnfinishedBytes.Share handled = holding(new IdlePeer(), MAX);
        handled.becomesWhole();
        UnfinishedBytes.Share next = holding(new IdlePeer(), MAX);
        next.release();
        handled.release();
    }

    @Test
    void theBiggestOfTheBiggestAddressIsSentAwayFirst() throws Exception {
        IdlePeer alone = new IdlePeer(2);
        IdlePeer small = new IdlePeer(3);
        IdlePeer big = new IdlePeer(3);
        UnfinishedBytes.Share ofAlone = holding(alone, MAX / 2 - 50);
        UnfinishedBytes.Share ofSmall = holding(small, 150);
        UnfinishedBytes.Share ofBig = holding(big, MAX / 2 - 100);
        UnfinishedBytes.Share overTheBound = holding(new IdlePeer(), 1);
        IdlePeer waiting = inLine(100);
        Soon.until(big::isOver);
        ofBig.release();
        Soon.until(() -> !waiting.isWaiting());
        assertFalse(alone.isOver() || small.isOver() || waiting.isOver());
        overTheBound.release();
        ofSmall.release();
        ofAlone.release();
    }

    @Test
    void nobodyIsAskedForUnreadBytesUnderTheLock() throws Exception {
        IdlePeer stalled = new IdlePeer();
        List<Boolean> locked = new CopyOnWriteArrayList<>();
        stalled.whenAsked(() -> locked.add(Thread.holdsLock(account)));
        UnfinishedBytes.Share share = holding(stalled, MAX);
        UnfinishedBytes.Share overTheBound = holding(new IdlePeer(), 1);
        IdlePeer waiting = inLine(1);
        Soon.until(stalled::isOver);
        share.release();
        Soon.until(() -> !waiting.isWaiting());
        overTheBound.release();
        assertFalse(locked.isEmpty());
        assertFalse(locked.contains(true));
    }

    @Test
    void whoIsBiggerButHasUnreadBytesIsLeftAlone() throws Exception {
        IdlePeer busy = new IdlePeer().withUnread();
        IdlePeer silent = new IdlePeer();
        UnfinishedBytes.Share ofBusy = holding(busy, MAX / 2);
        UnfinishedBytes.Share ofSilent = holding(silent, MAX / 2 - 100);
        UnfinishedBytes.Share overTheBound = holding(new IdlePeer(), 101);
        IdlePeer waiting = inLine(1);
        Soon.until(silent::isOver);
        ofSilent.release();
        Soon.until(() -> !waiting.isWaiting());
        assertFalse(busy.isOver());
        ofBusy.release();
        overTheBound.release();
    }

    @Test
    void whoIsSentAwayTakesNoMoreRoom() throws Exception {
        IdlePeer stalled = new IdlePeer();
        UnfinishedBytes.Share share = holding(stalled, MAX);
        UnfinishedBytes.Share overTheBound = holding(new IdlePeer(), 1);
        IdlePeer waiting = inLine(1);
        Soon.until(stalled::isOver);
        ProtocolViolation violation =
                assertThrows(ProtocolViolation.class, () -> share.reserve(1, true));
        assertEquals(ProtocolViolation.NO_ROOM_FOR_MESSAGE, violation);
        share.release();
        Soon.until(() -> !waiting.isWaiting());
        overTheBound.release();
    }

    @Test
    void whenAllWaitForEachOtherHalfWayEveryMessageBecomesWhole() throws Exception {
        int messages = 10;
        List<IdlePeer> peers = new ArrayList<>();
        CountDownLatch half = new CountDownLatch(messages);
        for (int i = 0; i < messages; i++) {
            IdlePeer peer = new IdlePeer().withUnread();
            peers.add(peer);
            crew.start(
                    () -> {
                        UnfinishedBytes.Share share = account.share(peer);
                        share.reserve(MAX / messages, true);
                        half.countDown();
                        half.await();
                        share.reserve(MAX / messages, true);
                        long held = account.held(); // as much again may be in whole messages
                        share.becomesWhole();
                        share.release();
                        assertTrue(held <= 2 * MAX + MAX / messages, "over the bound");
                    });
        }
        crew.join(PATIENCE);
        assertTrue(peers.stream().noneMatch(IdlePeer::isOver), "somebody was sent away");
    }

    @Test
    void aConnectionThatEndsLeavesTheLine() throws Exception {
        UnfinishedBytes.Share first = holding(new IdlePeer(), MAX);
        first.becomesWhole();
        UnfinishedBytes.Share second = holding(new IdlePeer(), MAX);
        second.becomesWhole();
        IdlePeer gone = new IdlePeer();
        crew.start(
                () -> {
                    UnfinishedBytes.Share share = account.share(gone);
                    assertThrows(ProtocolViolation.class, () -> share.reserve(1, true));
                });
        Soon.until(gone::isWaiting);
        gone.sendAway();
        Soon.until(() -> !gone.isWaiting());
        second.release();
        first.release();
    }
}
