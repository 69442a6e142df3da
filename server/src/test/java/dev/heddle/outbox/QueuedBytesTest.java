package dev.heddle.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Settings;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What all outboxes hold together, and who waits when that is too much.
class QueuedBytesTest {
    private static final int MAX = 10_000;
    private static final EncodedFrame FRAME = EncodedFrame.binary(new byte[996], 0, 996);
    private static final EncodedFrame LONG = EncodedFrame.binary(new byte[20_000], 0, 20_000);

    private final RecordingTransport peer = new RecordingTransport();
    private final Counters counters = new Counters();
    private final QueuedBytes queued = new QueuedBytes(MAX, counters.outboxWaits);
    private final TestOutboxes outboxes =
            new TestOutboxes(
                    Settings.defaults().sending(), new BufferPool(256, 4), counters, queued);
    private final Outbox outbox = new Outbox(peer, outboxes.context(100, 1 << 20, 500));

    private void fill(EncodedFrame... frames) {
        outbox.begin(new byte[0]);
        peer.stop();
        outbox.offerAll(List.of(EncodedFrame.text("the one that is being written")), 0);
        peer.awaitWriter();
        outbox.offerAll(List.of(frames), 0);
    }

    @Test
    void whatWaitsCountsUntilItIsWritten() {
        fill(FRAME, FRAME);
        outbox.send(FRAME);
        assertEquals(3L * FRAME.length(), queued.held());
        assertEquals(3L * FRAME.length(), outbox.heldBytes());
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(0, queued.held());
        assertEquals(0, outbox.heldBytes());
    }

    @Test
    void whatIsGivenUpCountsNoMore() {
        fill(FRAME, FRAME);
        outbox.close(EncodedFrame.close(1013, ""), true);
        assertEquals(0, queued.held());
        peer.goOn();
    }

    @Test
    void whatWaitsForAConnectionThatEndsCountsNoMore() {
        fill(FRAME, FRAME);
        outbox.abandon();
        assertEquals(0, queued.held());
        peer.goOn();
    }

    @Test
    void aReplyThatWaitsForRoomCounts() throws Exception {
        Outbox small = new Outbox(peer, outboxes.context(1, 1000, 500));
        small.begin(new byte[0]);
        peer.stop();
        small.offerAll(List.of(FRAME), 0);
        peer.awaitWriter();
        small.send(FRAME);
        Thread sender = Thread.ofVirtual().start(() -> small.send(LONG));
        Soon.until(() -> queued.held() == FRAME.length() + LONG.length());
        peer.goOn();
        sender.join();
        small.awaitFlushed();
        assertEquals(0, queued.held());
    }

    @Test
    void aSharedFrameCountsForEachReceiverByItsPart() {
        fill(FRAME.sharedBy(10), FRAME.sharedBy(10_000));
        assertEquals(FRAME.length() / 10, queued.held());
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(0, queued.held());
    }

    @Test
    void whoWouldMakeAReplyWaitsUntilThereIsRoom() throws Exception {
        fill(LONG);
        assertTrue(queued.excess() > 0);
        Outbox other = new Outbox(peer, outboxes.context(1, 1000, 500));
        Thread reader = Thread.ofVirtual().start(other::awaitRoomForReplies);
        Soon.until(() -> counters.outboxWaits.sum() == 1);
        queued.wakeIfRoom();
        assertTrue(reader.isAlive());
        outbox.abandon();
        queued.wakeIfRoom();
        reader.join();
        assertFalse(queued.excess() > 0);
        peer.goOn();
    }

    @Test
    void whoseConnectionEndsDoesNotWait() throws Exception {
        fill(LONG);
        Thread reader = Thread.ofVirtual().start(outbox::awaitRoomForReplies);
        Soon.until(() -> counters.outboxWaits.sum() == 1);
        outbox.takeNoMore();
        reader.join();
        peer.goOn();
    }
}
