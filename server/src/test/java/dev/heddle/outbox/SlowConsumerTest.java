package dev.heddle.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RecordingTransport;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who waits for room in an outbox, and for how long.
class SlowConsumerTest {
    private static final int GRACE = 40;
    private static final byte[] RESPONSE = {'1', '0', '1'};
    private static final EncodedFrame FRAME = EncodedFrame.text("a");
    private static final EncodedFrame LARGE = EncodedFrame.binary(new byte[700], 0, 700);

    private final RecordingTransport peer = new RecordingTransport();
    private final BufferPool buffers = new BufferPool(256, 4);
    private final Outbox outbox =
            new Outbox(peer, new OutboxContext(2, 1000, GRACE, buffers, new Counters()));

    @AfterEach
    void theWriterEnds() {
        peer.goOn();
        outbox.awaitFlushed();
    }

    private FutureTask<Boolean> awaitRoom(int bytes) {
        FutureTask<Boolean> task = new FutureTask<>(() -> outbox.awaitRoom(bytes));
        Thread.ofVirtual().start(task);
        return task;
    }

    private static void assertWaits(FutureTask<Boolean> task) {
        assertThrows(TimeoutException.class, () -> task.get(60, TimeUnit.MILLISECONDS));
    }

    private static boolean result(FutureTask<Boolean> task) throws Exception {
        return task.get(10, TimeUnit.SECONDS);
    }

    private void fillWhileThePeerTakesNothing() {
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
    }

    @Test
    void aPeerThatTakesNothingForTheGraceTimeIsSlow() throws Exception {
        fillWhileThePeerTakesNothing();
        FutureTask<Boolean> room = awaitRoom(1);
        assertWaits(room);
        peer.clock.addAndGet(GRACE - 1);
        assertWaits(room);
        peer.clock.addAndGet(1);
        assertFalse(result(room));
    }

    @Test
    void aPeerThatTakesSomethingInTimeIsNot() throws Exception {
        fillWhileThePeerTakesNothing();
        FutureTask<Boolean> room = awaitRoom(1);
        peer.clock.addAndGet(GRACE - 1);
        assertWaits(room);
        peer.goOn();
        assertTrue(result(room));
    }

    @Test
    void thatTheWriterHasNotHadItsTurnIsNotThePeersFault() throws Exception {
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
        FutureTask<Boolean> room = awaitRoom(1);
        peer.clock.addAndGet(100 * GRACE);
        assertWaits(room);
        outbox.begin(RESPONSE);
        assertTrue(result(room));
    }

    @Test
    void theEndOfTheConnectionFreesWhoWaits() throws Exception {
        fillWhileThePeerTakesNothing();
        FutureTask<Boolean> room = awaitRoom(1);
        assertWaits(room);
        outbox.abandon();
        assertTrue(result(room));
    }

    @Test
    void roomForASmallFrameIsNotRoomForALargeOne() throws Exception {
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        outbox.offerAll(List.of(LARGE), 0);
        assertEquals(0, outbox.offerAll(List.of(LARGE), 0));
        assertTrue(outbox.awaitRoom(FRAME.length()));
        FutureTask<Boolean> room = awaitRoom(LARGE.length());
        assertWaits(room);
        peer.clock.addAndGet(GRACE);
        assertFalse(result(room));
    }

    @Test
    void tricklingKeepsNobodyWaitingForLongerThanTheGraceTimeInAll() throws Exception {
        outbox.begin(RESPONSE);
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        for (int waited = 0; waited < GRACE; waited += GRACE / 2) {
            peer.awaitWriter();
            assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
            FutureTask<Boolean> room = awaitRoom(1);
            assertWaits(room);
            peer.clock.addAndGet(GRACE / 2);
            peer.takeOneWrite();
            assertTrue(result(room));
        }
        peer.awaitWriter();
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
        assertFalse(outbox.awaitRoom(1));
    }

    @Test
    void whatAPeerWasForgivenIsForgottenOnceNothingWaits() throws Exception {
        for (int i = 0; i < 5; i++) {
            if (i == 0) {
                fillWhileThePeerTakesNothing();
            } else {
                peer.stop();
                outbox.offerAll(List.of(FRAME), 0);
                peer.awaitWriter();
                outbox.offerAll(List.of(FRAME, FRAME), 0);
            }
            FutureTask<Boolean> room = awaitRoom(1);
            assertWaits(room);
            peer.clock.addAndGet(GRACE / 2);
            assertWaits(room);
            peer.goOn();
            assertTrue(result(room));
            outbox.awaitFlushed();
        }
    }

    @Test
    void whoSendsOnTheConnectionsThreadWaitsForThePeerHoweverLong() throws Exception {
        fillWhileThePeerTakesNothing();
        FutureTask<Boolean> sent =
                new FutureTask<>(
                        () -> {
                            outbox.send(FRAME);
                            return true;
                        });
        Thread.ofVirtual().start(sent);
        peer.clock.addAndGet(100 * GRACE);
        assertWaits(sent);
        peer.goOn();
        assertTrue(result(sent));
    }

    @Test
    void showsSinceWhenAWriteLasts() {
        fillWhileThePeerTakesNothing();
        assertEquals(peer.clock.get(), outbox.writeStartedMillis());
        peer.clock.set(0);
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(0, outbox.writeStartedMillis());
        peer.stop();
        outbox.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        assertEquals(1, outbox.writeStartedMillis(), "0 on the clock is not 0 here");
    }
}
