package dev.heddle.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.buffer.BufferPool;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

class OutboxTest {
    private static final byte[] RESPONSE = {(byte) 0x81, 2, '1', '0'};
    private static final int MAX_MESSAGES = 5;
    private static final int MAX_BYTES = 1000;

    private final RecordingTransport peer = new RecordingTransport();
    private final BufferPool buffers = new BufferPool(256, 4);
    private final Counters counters = new Counters();
    private final Outbox outbox =
            new Outbox(
                    peer, new TestOutboxes(buffers, counters).context(MAX_MESSAGES, MAX_BYTES, 40));

    @AfterEach
    void theWriterIsGoneAndItsBufferGivenBack() {
        peer.goOn();
        Soon.until(() -> outbox.isFlushed() && buffers.leased() == 0);
        assertFalse(peer.hasOverlapped());
        assertEquals(0, outbox.writeStartedMillis());
        assertEquals(0, counters.bugs.sum());
    }

    private static EncodedFrame text(String text) {
        return EncodedFrame.text(text);
    }

    private static List<EncodedFrame> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> text("t" + i)).toList();
    }

    private static EncodedFrame pong(String text) {
        return EncodedFrame.pong(text.getBytes(UTF_8));
    }

    private static EncodedFrame goodbye() {
        return EncodedFrame.close(1001, "bye");
    }

    /// The outbox of an open connection whose peer has stopped to read while this is written.
    private void beginAndStop(EncodedFrame frame) {
        outbox.begin(RESPONSE);
        peer.stop();
        assertEquals(1, outbox.offerAll(List.of(frame), 0));
        peer.awaitWriter();
    }

    private void expect(String... frames) {
        List<String> expected = new ArrayList<>(List.of(frames));
        expected.addFirst("text 10");
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(expected, peer.frames());
    }

    @Test
    void writesTheResponseFirstAndThenWhatWasQueuedMeanwhile() {
        assertEquals(3, outbox.offerAll(texts(3), 0));
        outbox.sendPong(pong("p"));
        assertFalse(outbox.isFlushed());
        assertEquals(0, peer.bytes().length);
        outbox.begin(RESPONSE);
        expect("pong p", "text t0", "text t1", "text t2");
    }

    @Test
    void writesControlFramesBeforeDataAndTheCloseFrameLast() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(2), 0);
        outbox.sendPong(pong("p"));
        outbox.close(goodbye(), false);
        outbox.sendPong(pong("too late"));
        expect("text a", "pong p", "text t0", "text t1", "close 1001 bye");
    }

    @ParameterizedTest
    @CsvSource({"10, 5", "100, 5", "196, 5", "197, 4", "496, 2", "497, 1", "996, 1", "5000, 1"})
    void takesAsManyAsItsBoundsAllowAndAnythingWhenEmpty(int payload, int taken) {
        byte[] bytes = new byte[payload];
        outbox.begin(RESPONSE);
        peer.stop();
        List<EncodedFrame> frames = Collections.nCopies(50, EncodedFrame.binary(bytes, 0, payload));
        assertEquals(taken, outbox.offerAll(frames, 0));
    }

    @Test
    void goesOnFromWhereItIsTold() {
        beginAndStop(text("a"));
        List<EncodedFrame> frames = texts(9);
        assertEquals(7, outbox.offerAll(frames, 2));
        assertEquals(7, outbox.offerAll(frames, 7));
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(9, outbox.offerAll(frames, 7));
        expect(
                "text a", "text t2", "text t3", "text t4", "text t5", "text t6", "text t7",
                "text t8");
    }

    @Test
    void takesNoLongFrameWhileAnotherWaits() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(1), 0);
        EncodedFrame large = EncodedFrame.binary(new byte[MAX_BYTES], 0, MAX_BYTES);
        assertEquals(0, outbox.offerAll(List.of(large), 0));
        expect("text a", "text t0");
    }

    @Test
    void keepsAFewPongsAndTheNewestOne() {
        beginAndStop(text("a"));
        List<String> expected = new ArrayList<>(List.of("text a"));
        for (int i = 0; i < 1000; i++) {
            outbox.sendPong(pong("p" + i));
        }
        IntStream.range(0, 15).forEach(i -> expected.add("pong p" + i));
        expected.add("pong p999");
        expect(expected.toArray(new String[0]));
    }

    @Test
    void aCloseThatDiscardsGivesUpWhatWaits() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(3), 0);
        outbox.sendPong(pong("p"));
        outbox.close(goodbye(), true);
        expect("text a", "close 1001 bye");
    }

    @Test
    void takesNothingAfterTheCloseFrameAndNoSecondOne() {
        outbox.begin(RESPONSE);
        outbox.close(goodbye(), false);
        assertEquals(9, outbox.offerAll(texts(9), 0));
        outbox.send(text("b"));
        outbox.sendPong(pong("p"));
        assertFalse(outbox.offerPing());
        outbox.close(EncodedFrame.close(1000, ""), true);
        assertFalse(outbox.isTooSlow());
        expect("close 1001 bye");
    }

    @Test
    void anAbandonedOneForgetsWhatWaitsAndTakesNothing() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(3), 0);
        outbox.abandon();
        assertEquals(9, outbox.offerAll(texts(9), 0));
        outbox.close(goodbye(), false);
        expect("text a");
    }

    @Test
    void aFailedWriteAbortsTheConnectionAndReleasesEverything() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(5), 0);
        peer.breakOff();
        outbox.awaitFlushed();
        assertEquals(1, peer.aborts.get());
        assertEquals(9, outbox.offerAll(texts(9), 0));
        outbox.close(goodbye(), false);
        expect();
    }

    @Test
    void aResponseThatCannotBeWrittenDoesTheSame() {
        outbox.offerAll(texts(2), 0);
        peer.breakOff();
        outbox.begin(RESPONSE);
        assertEquals(1, peer.aborts.get());
        assertTrue(outbox.isFlushed());
        assertEquals(0, peer.bytes().length);
    }

    @Test
    void theResponseIsWrittenOnce() {
        outbox.begin(RESPONSE);
        assertThrows(IllegalStateException.class, () -> outbox.begin(RESPONSE));
        assertTrue(outbox.isFlushed());
        expect();
    }

    @Test
    void writesOnTheCallersThreadWhenNobodyWrites() {
        outbox.begin(RESPONSE);
        outbox.send(text("a"));
        outbox.sendPong(pong("p"));
        assertTrue(outbox.isFlushed());
        expect("text a", "pong p");
        assertEquals(1, counters.messagesOut.sum());
        assertEquals(peer.bytes().length, counters.bytesOut.sum());
    }

    @Test
    void sendsAPingOnlyWhenNobodyWrites() {
        beginAndStop(text("a"));
        assertFalse(outbox.offerPing());
        peer.goOn();
        outbox.awaitFlushed();
        assertTrue(outbox.offerPing());
        expect("text a", "ping");
    }

    @Test
    void gathersSmallFramesIntoFewWrites() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(5), 0);
        expect("text a", "text t0", "text t1", "text t2", "text t3", "text t4");
        assertEquals(List.of(RESPONSE.length, 3, 20), peer.writes());
        assertEquals(6, counters.messagesOut.sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 250, 252, 253, 254, 300, 65_532, 65_533, 200_000})
    void writesALargeFrameInWritesOf16KiB(int payload) {
        beginAndStop(text("a"));
        outbox.offerAll(texts(2), 0);
        outbox.send(EncodedFrame.binary(new byte[1], 0, 1));
        peer.goOn();
        outbox.awaitFlushed();
        outbox.offerAll(List.of(EncodedFrame.binary(new byte[payload], 0, payload)), 0);
        expect("text a", "text t0", "text t1", "binary 1", "binary " + payload);
        assertTrue(peer.writes().stream().allMatch(length -> length <= 16 * 1024));
    }

    @ParameterizedTest
    @CsvSource({"65536, 1", "65537, 2", "131072, 2", "200000, 4"})
    void aLongMessageLeavesAsFragmentsOf64KiB(int payload, int fragments) {
        outbox.begin(RESPONSE);
        String text = "0123456789".repeat(payload / 10 + 1).substring(0, payload);
        outbox.send(text(text));
        assertEquals(fragments, peer.fragments());
        outbox.offerAll(List.of(text(text)), 0);
        outbox.awaitFlushed();
        assertEquals(2L * fragments, peer.fragments());
        expect("text " + text, "text " + text);
    }

    @Test
    void controlFramesGoBetweenTheFragmentsOfALongMessage() {
        beginAndStop(EncodedFrame.binary(new byte[200_000], 0, 200_000));
        outbox.sendPong(EncodedFrame.pong("p".getBytes(UTF_8)));
        expect("pong p", "binary 200000");
    }

    @Test
    void aMessageThatIsGivenUpEndsAfterItsFragment() {
        beginAndStop(EncodedFrame.binary(new byte[200_000], 0, 200_000));
        outbox.close(EncodedFrame.close(4013, "slow"), true);
        peer.goOn();
        outbox.awaitFlushed();
        assertEquals(1, peer.fragments());
        assertEquals("close 4013 slow", peer.frames().getLast());
    }

    @Test
    void takesNoMoreButWritesWhatWaits() {
        beginAndStop(text("a"));
        assertEquals(2, outbox.offerAll(texts(2), 0));
        assertTrue(outbox.isTaking());
        outbox.takeNoMore();
        assertFalse(outbox.isTaking());
        assertEquals(3, outbox.offerAll(texts(3), 0));
        outbox.send(text("late"));
        expect("text a", "text t0", "text t1");
    }

    @Test
    void anErrorWhileTheResponseIsWrittenLeavesNobodyWaiting() {
        Transport failing =
                new RecordingTransport() {
                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        throw new OutOfMemoryError("thrown by a test");
                    }
                };
        OutboxContext context =
                new TestOutboxes(buffers, counters).context(MAX_MESSAGES, MAX_BYTES, 40);
        Outbox unopened = new Outbox(failing, context);
        assertThrows(OutOfMemoryError.class, () -> unopened.begin(RESPONSE));
        assertTrue(unopened.isFlushed());
        outbox.begin(RESPONSE);
    }

    @Test
    void tellsWhenWhatWaitedIsWrittenAndNotBefore() {
        beginAndStop(text("a"));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        outbox.whenWritten(() -> told.add("a, at " + peer.writes().size()));
        outbox.offerAll(List.of(text("b")), 0);
        outbox.whenWritten(() -> told.add("b, at " + peer.writes().size()));
        assertEquals(List.of(), told);
        peer.takeOneWrite();
        peer.awaitWriter();
        Soon.untilAsserted(() -> assertEquals(List.of("a, at 2"), told));
        expect("text a", "text b");
        Soon.untilAsserted(() -> assertEquals(List.of("a, at 2", "b, at 3"), told));
    }

    @Test
    void tellsAtOnceWhenNothingWaits() {
        outbox.begin(RESPONSE);
        List<String> told = new ArrayList<>();
        outbox.whenWritten(() -> told.add("now"));
        assertEquals(List.of("now"), told);
    }

    @Test
    void anActionThatFailsIsABugAndEndsNeitherTheOthersNorTheConnection() {
        beginAndStop(text("a"));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        outbox.whenWritten(
                () -> {
                    throw new IllegalStateException("thrown by a test");
                });
        outbox.whenWritten(() -> told.add("next"));
        expect("text a");
        Soon.untilAsserted(() -> assertEquals(List.of("next"), told));
        assertEquals(1, counters.bugs.sumThenReset());
        assertEquals(0, peer.aborts.get());
        outbox.send(text("b"));
        expect("text a", "text b");
    }

    @Test
    void knowsWhatItHasCarriedAndTheMostThatEverWaited() {
        beginAndStop(text("a"));
        outbox.offerAll(texts(3), 0);
        assertEquals(3 * text("t0").length(), outbox.waitingBytes());
        expect("text a", "text t0", "text t1", "text t2");
        assertEquals(0, outbox.waitingBytes());
        assertEquals(3 * text("t0").length(), outbox.peakBytes());
        assertEquals(4, outbox.messagesOut());
        assertEquals(peer.bytes().length, outbox.bytesOut());
    }

    @Test
    void aThreadThatIsInterruptedWaitsOnAndHasItsInterruptAfterwards() throws Exception {
        beginAndStop(text("first"));
        AtomicBoolean wasInterrupted = new AtomicBoolean();
        Thread waiting =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    outbox.awaitFlushed();
                                    wasInterrupted.set(Thread.currentThread().isInterrupted());
                                });
        Soon.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        Soon.until(() -> !waiting.isInterrupted());
        assertTrue(waiting.isAlive());
        expect("text first");
        waiting.join();
        assertTrue(wasInterrupted.get());
    }
}
