package dev.heddle.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class WritersTest {
    private static final byte[] RESPONSE = EncodedFrame.text("hello").bytes();

    private final Counters counters = new Counters();
    private final OutboxContext context =
            new TestOutboxes(new BufferPool(256, 4), counters).context(8, 1000, 500);

    private Outbox open(RecordingTransport peer) {
        Outbox outbox = new Outbox(peer, context);
        outbox.begin(RESPONSE);
        return outbox;
    }

    @Test
    void howeverManyPeersTakeNothingTheOthersAreWritten() {
        List<RecordingTransport> stopped =
                Stream.generate(RecordingTransport::new).limit(50).toList();
        List<Outbox> waiting = stopped.stream().map(this::open).toList();
        stopped.forEach(RecordingTransport::stop);
        RecordingTransport honest = new RecordingTransport();
        Outbox last = open(honest);
        List<EncodedFrame> frames = List.of(EncodedFrame.text("news"));
        waiting.forEach(outbox -> outbox.offerAll(frames, 0));
        last.offerAll(frames, 0);
        Soon.untilAsserted(() -> assertEquals(List.of("text hello", "text news"), honest.frames()));
        stopped.forEach(RecordingTransport::goOn);
        waiting.forEach(Outbox::awaitFlushed);
        stopped.forEach(peer -> assertEquals(honest.frames(), peer.frames()));
        assertEquals(0, counters.bugs.sum());
    }
}
