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
    private static final int GRACE = 40;
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

    @Test
    void aPeerThatTakesNothingForTheGraceTimeIsSlow() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        assertFalse(outbox.chargeWait(GRACE - 1));
        assertTrue(outbox.chargeWait(1));
    }

    @Test
    void thatTheWriterHasNotHadItsTurnIsNotThePeersFault() {
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
        assertFalse(outbox.chargeWait(100 * GRACE));
        outbox.begin(RESPONSE);
    }

    @Test
    void tricklingIsForgivenForTheGraceTimeInAll() {
        outbox.begin(RESPONSE);
        fillWhileThePeerTakesNothing();
        assertFalse(outbox.chargeWait(GRACE / 2));
        peer.takeOneWrite();
        peer.awaitWriter();
        assertEquals(2, outbox.offerAll(List.of(FRAME, FRAME, FRAME), 0));
        assertTrue(outbox.chargeWait(GRACE / 2));
    }

    @Test
    void whatAPeerWasForgivenIsForgottenOnceNothingWaits() {
        outbox.begin(RESPONSE);
        for (int i = 0; i < 5; i++) {
            fillWhileThePeerTakesNothing();
            assertFalse(outbox.chargeWait(GRACE - 1));
            peer.goOn();
            outbox.awaitFlushed();
        }
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
        assertFalse(outbox.chargeWait(GRACE));
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
