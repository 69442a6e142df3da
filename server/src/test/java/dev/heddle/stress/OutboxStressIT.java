package dev.heddle.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.outbox.Outbox;
import dev.heddle.support.Property;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Many threads on one outbox, which has one writer at a time whatever they do.
class OutboxStressIT {
    private static final byte[] RESPONSE = EncodedFrame.text("welcome").bytes();
    private static final int EACH = 5000;

    private final Counters counters = new Counters();
    private final BufferPool buffers = new BufferPool(512, 4);
    private final RecordingTransport peer = new RecordingTransport();

    private Outbox outbox(RecordingTransport to) {
        return new Outbox(to, new TestOutboxes(buffers, counters).context(16, 2000, 500));
    }

    private static EncodedFrame frame(int producer, int i) {
        return EncodedFrame.text(producer + ":" + i + ":" + "x".repeat(i % 97));
    }

    /// Offers frames in groups, and waits for room where they do not fit.
    private static void offer(Outbox outbox, int producer) {
        for (int i = 0; i < EACH; i += 10) {
            int first = i;
            List<EncodedFrame> frames =
                    IntStream.range(0, 10).mapToObj(j -> frame(producer, first + j)).toList();
            int next = 0;
            while ((next = outbox.offerAll(frames, next)) < frames.size()) {
                outbox.awaitRoom(frames.get(next).length(), 1000);
            }
        }
    }

    private static void send(Outbox outbox, int producer) {
        for (int i = 0; i < EACH; i++) {
            outbox.send(frame(producer, i));
        }
    }

    private static void run(List<Runnable> parts) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> running.add(threads.submit(part)));
        }
        for (Future<?> part : running) {
            part.get();
        }
    }

    private void assertOneWriterAndNothingLeft(Outbox outbox) {
        outbox.awaitFlushed();
        Soon.until(() -> buffers.leased() == 0);
        assertEquals(0, outbox.writeStartedMillis());
        assertEquals(0, counters.bugs.sum());
    }

    @Test
    void nothingIsLostAndEachProducersOrderIsKept() throws Exception {
        Outbox outbox = outbox(peer);
        outbox.begin(RESPONSE);
        run(
                List.of(
                        () -> offer(outbox, 0),
                        () -> offer(outbox, 1),
                        () -> offer(outbox, 2),
                        () -> send(outbox, 3),
                        () -> IntStream.range(0, EACH).forEach(_ -> outbox.offerPing())));
        outbox.close(EncodedFrame.close(1000, ""), false);
        assertOneWriterAndNothingLeft(outbox);
        assertFalse(peer.hasOverlapped());
        List<String> frames = peer.frames();
        assertEquals("close 1000", frames.getLast());
        for (int producer = 0; producer < 4; producer++) {
            String mine = "text " + producer + ":";
            List<String> got =
                    frames.stream()
                            .filter(text -> text.startsWith(mine))
                            .map(text -> text.substring(mine.length(), text.lastIndexOf(':')))
                            .toList();
            assertEquals(IntStream.range(0, EACH).mapToObj(Integer::toString).toList(), got);
        }
        assertEquals(4 * EACH, counters.messagesOut.sum());
        assertEquals(0, peer.aborts.get());
    }

    /// What threads of a connection do in the end, in any order.
    private static List<IntConsumer> endings(Outbox outbox, RecordingTransport to) {
        return List.of(
                _ -> outbox.close(EncodedFrame.close(1001, "bye"), false),
                _ -> outbox.close(EncodedFrame.close(4013, "slow"), true),
                _ -> outbox.abandon(),
                _ -> to.breakOff(),
                i -> outbox.offerAll(List.of(frame(0, i), frame(0, i)), 0),
                i -> outbox.send(frame(1, i)),
                i -> outbox.sendPong(EncodedFrame.pong(("p" + i).getBytes(UTF_8))),
                _ -> outbox.offerPing(),
                _ -> outbox.awaitFlushed(),
                _ -> outbox.awaitRoom(1000, 10));
    }

    @Test
    void howeverItEndsTheCloseFrameIsLastAndNobodyWaitsForEver() {
        Property.holds(
                1500,
                random -> {
                    RecordingTransport to = new RecordingTransport();
                    Outbox outbox = outbox(to);
                    List<Runnable> parts = drawEnding(random, outbox, to);
                    if (random.nextBoolean()) {
                        outbox.begin(RESPONSE);
                    } else {
                        parts.add(() -> outbox.begin(RESPONSE));
                    }
                    run(parts);
                    outbox.close(EncodedFrame.close(1000, ""), false);
                    assertOneWriterAndNothingLeft(outbox);
                    assertFalse(to.hasOverlapped());
                    List<String> frames = to.frames();
                    int close = frames.indexOf(firstClose(frames));
                    assertTrue(close < 0 || close == frames.size() - 1, frames::toString);
                });
    }

    private static List<Runnable> drawEnding(Random random, Outbox outbox, RecordingTransport to) {
        List<IntConsumer> all = endings(outbox, to);
        List<Runnable> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            IntConsumer what = all.get(random.nextInt(all.size()));
            int times = 1 + random.nextInt(5);
            parts.add(() -> IntStream.range(0, times).forEach(what));
        }
        return parts;
    }

    private static String firstClose(List<String> frames) {
        return frames.stream().filter(frame -> frame.startsWith("close")).findFirst().orElse("");
    }
}
