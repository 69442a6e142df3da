package dev.heddle.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

/// Whose fault it is that an outbox has no room, and who waits for it.
class SlowConsumerTest {
    private static final int GRACE = 500;
    private static final int TICK = 50;
    private static final byte[] RESPONSE = {'1', '0', '1'};
    private static final EncodedFrame FRAME = EncodedFrame.text("a");
    private static final EncodedFrame LARGE = EncodedFrame.binary(new byte[700], 0, 700);

    private final RecordingTransport peer = new RecordingTransport();
    private final BufferPool buffers = new BufferPool(256, 4);
    private final Outbox outbox =
            new Outbox(peer, new TestOutboxes(buffers, new Counters()).context(2, 1000, GRACE));

    @AfterEach
    void theWriterEnds() {
        peer.goOn();
        outbox.awaitFlushed();
    }

    private void fillWhileThePeerTakesNothing() {
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
    }

    private void pass(int millis) {
        peer.clock.addAndGet(millis);
    }

    /// Offers one frame after the other, as often as a tick of the clock.
    private void offerFor(int millis) {
        for (int passed = 0; passed < millis; passed += TICK) {
            pass(TICK);
            assertEquals(1, outbox.offerAll(List.of(FRAME), 0));
        }
    }

    private void setAside() {
        fillWhileThePeerTakesNothing();
        pass(TICK);
        assertTrue(outbox.setAside());
    }

    @Test
    void anOutboxIsSetAsideOnceItsPeerTakesNothingForATick() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        assertFalse(outbox.setAside(), "the write has only just begun");
        assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        pass(TICK);
        assertTrue(outbox.setAside());
        assertFalse(outbox.setAside(), "again");
        assertEquals(1, outbox.offerAll(List.of(FRAME), 0));
    }

    @Test
    void aPeerThatTakesALittleEachTimeIsWaitedForNoLongerThanATick() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        assertFalse(outbox.setAside());
        pass(TICK);
        peer.takeOneWrite();
        peer.awaitWriter();
        outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0);
        assertTrue(outbox.setAside());
    }

    @Test
    void roomForLessThanTheNextFrameIsNoSignThatAPeerHasCaughtUp() {
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(LARGE), 0);
        peer.awaitWriter();
        assertEquals(1, outbox.offerAll(List.of(LARGE, LARGE), 0));
        pass(TICK);
        assertTrue(outbox.setAside());
        assertEquals(1, outbox.offerAll(List.of(LARGE), 0));
        for (int passed = 0; passed < 100; passed += TICK) {
            pass(TICK);
            assertEquals(0, outbox.offerAll(List.of(LARGE), 0));
        }
        assertTrue(outbox.isTooSlow());
    }

    @Test
    void aPeerThatTakesNothingForTheGraceTimeIsSlow() {
        outbox.begin(RESPONSE);
        setAside();
        offerFor(GRACE - TICK);
        pass(TICK);
        assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        assertTrue(outbox.isTooSlow());
    }

    @Test
    void thatTheWriterHasNotHadItsTurnIsNotThePeersFault() {
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
        for (int i = 0; i < 100; i++) {
            pass(TICK);
            assertFalse(outbox.setAside());
            assertFalse(outbox.isTooSlow());
            assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        }
        outbox.begin(RESPONSE);
    }

    @Test
    void thatTheWriterIsLateToSeeThatThePeerHasTakenAllIsNotThePeersFault() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        peer.takesAll(true);
        for (int i = 0; i < 100; i++) {
            pass(TICK);
            assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
            assertFalse(outbox.isTooSlow());
            assertFalse(outbox.setAside());
        }
    }

    @Test
    void whoHasBeenBehindIsNotSlowWhileItIsTheServerThatIsLate() {
        outbox.begin(RESPONSE);
        setAside();
        offerFor(GRACE - TICK);
        peer.takesAll(true);
        offerFor(10 * GRACE);
        peer.takesAll(false);
        offerFor(TICK);
        pass(TICK);
        assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        assertTrue(outbox.isTooSlow());
        peer.takesAll(true);
        pass(TICK);
        assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        assertFalse(outbox.isTooSlow());
    }

    @Test
    void timeIsChargedOnceHoweverManyHubsHaveSomethingToOffer() {
        outbox.begin(RESPONSE);
        setAside();
        pass(TICK);
        for (int hub = 0; hub < 16; hub++) {
            assertEquals(1, outbox.offerAll(List.of(FRAME), 0));
        }
    }

    @Test
    void aPauseOfTheServerIsChargedAsOneTick() {
        outbox.begin(RESPONSE);
        setAside();
        pass(100 * GRACE);
        offerFor(GRACE - 2 * TICK);
        pass(TICK);
        outbox.offerAll(List.of(FRAME), 0);
        assertTrue(outbox.isTooSlow());
    }

    @Test
    void whoCatchesUpGetsAllOfItInOrder() {
        outbox.begin(new byte[0]);
        setAside();
        for (int i = 0; i < 50; i++) {
            assertEquals(1, outbox.offerAll(List.of(EncodedFrame.text("m" + i)), 0));
        }
        peer.goOn();
        outbox.awaitFlushed();
        List<String> frames = peer.frames();
        assertEquals(50, frames.size() - 3);
        for (int i = 0; i < 50; i++) {
            assertEquals("text m" + i, frames.get(i + 3));
        }
        assertFalse(outbox.isTooSlow());
    }

    @Test
    void whoHasCaughtUpOnceIsChargedNothingForTheTimeBetweenButNothingIsForgotten() {
        outbox.begin(RESPONSE);
        setAside();
        offerFor(GRACE / 2);
        peer.takeOneWrite();
        peer.awaitWriter();
        pass(100 * GRACE);
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0), "within the bounds");
        pass(TICK);
        assertTrue(outbox.setAside());
        offerFor(GRACE / 2 - TICK);
        pass(TICK);
        assertEquals(0, outbox.offerAll(List.of(FRAME), 0));
        assertTrue(outbox.isTooSlow());
    }

    @Test
    void whatAPeerWasForgivenIsForgottenOnceNothingWaits() {
        outbox.begin(RESPONSE);
        for (int i = 0; i < 5; i++) {
            setAside();
            offerFor(GRACE - TICK);
            peer.goOn();
            outbox.awaitFlushed();
        }
    }

    @Test
    void whoIsSetAsideTakesAsMuchAgainAndIsSlowOnceThatIsFullToo() {
        outbox.begin(RESPONSE);
        setAside();
        int taken = outbox.offerAll(Collections.nCopies(10_000, FRAME), 0);
        assertTrue(taken > 100 && taken < 2000 / FRAME.length(), () -> taken + " frames");
        assertFalse(outbox.isTooSlow(), "there may have been no turn for it");
        assertFalse(outbox.setAside());
        pass(TICK);
        outbox.offerAll(List.of(FRAME), 0);
        pass(TICK);
        outbox.offerAll(List.of(FRAME), 0);
        assertTrue(outbox.isTooSlow());
    }

    @Test
    void waitingEndsWithRoomAndWithTheConnection() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        Thread hub = Thread.ofVirtual().start(() -> outbox.awaitRoom(1, Long.MAX_VALUE));
        peer.goOn();
        assertEnds(hub);

        outbox.awaitFlushed();
        fillWhileThePeerTakesNothing();
        hub = Thread.ofVirtual().start(() -> outbox.awaitRoom(1, Long.MAX_VALUE));
        outbox.abandon();
        assertEnds(hub);
        outbox.awaitRoom(1, Long.MAX_VALUE);
        assertFalse(outbox.isTooSlow());
    }

    @Test
    void roomForASmallFrameIsNotRoomForALargeOne() {
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        outbox.offerAll(List.of(LARGE), 0);
        outbox.awaitRoom(FRAME.length(), Long.MAX_VALUE);
        assertEquals(0, outbox.offerAll(List.of(LARGE), 0));
        assertEquals(1, outbox.offerAll(List.of(FRAME), 0));
    }

    private static void assertEnds(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void aLongReplyTakesNoRoomFromWhatOthersPublish() {
        EncodedFrame reply = EncodedFrame.binary(new byte[20_000], 0, 20_000);
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        outbox.send(reply);
        List<EncodedFrame> pushes = Collections.nCopies(1000 / FRAME.length() + 1, FRAME);
        assertEquals(1000 / FRAME.length(), outbox.offerAll(pushes, 0));
        peer.goOn();
        outbox.awaitFlushed();
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        assertEquals(2, outbox.offerAll(pushes, 0));
    }
}
