package dev.heddle.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.MessageRates;
import dev.heddle.config.SendLimits;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.hub.Lag;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.support.Property;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

class ClientSessionTest {
    private static final byte[] RESPONSE = EncodedFrame.text("welcome").bytes();

    private final RecordingTransport peer = new RecordingTransport();
    private final Counters counters = new Counters();
    private final BufferPool buffers = new BufferPool(1024, 4);
    private final OutboxContext context = new TestOutboxes(buffers, counters).context(2, 1000, 100);
    private final ClientSession session = open(peer, new EchoEndpoint());

    private ClientSession open(RecordingTransport transport, Endpoint endpoint) {
        ClientSession opened = session(transport, context, endpoint);
        opened.open();
        opened.outbox().begin(RESPONSE);
        return opened;
    }

    private static ClientSession session(
            RecordingTransport transport, OutboxContext context, Endpoint endpoint) {
        return EndpointSessions.of(endpoint, MessageRates.UNLIMITED)
                .session(transport, context, Optional.empty());
    }

    private static Incoming text(String text) {
        byte[] bytes = ("__" + text + "_").getBytes(UTF_8);
        return new Incoming.Text(bytes, 2, bytes.length - 3);
    }

    private void expect(String... frames) {
        session.outbox().awaitFlushed();
        List<String> expected = new ArrayList<>(List.of(frames));
        expected.addFirst("text welcome");
        assertEquals(expected, peer.frames());
    }

    private long closed(int code) {
        return closed(Integer.toString(code));
    }

    private long closed(String label) {
        return counters.closedByCode().getOrDefault(label, new LongAdder()).sum();
    }

    @Test
    void messagesGoToTheEndpointAndControlFramesDoNot() {
        assertTrue(session.handle(text("é")));
        assertTrue(session.handle(new Incoming.Binary(new byte[] {1, 2, 3, 4}, 1, 2)));
        assertTrue(session.handle(new Incoming.Ping("p".getBytes(UTF_8))));
        assertTrue(session.handle(new Incoming.Pong()));
        expect("text é", "binary 2", "pong p");
        assertEquals(2, counters.messagesIn.sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1012, 3000, 4999})
    void answersACloseFrameWithItsCodeAndGoesOnNoMore(int code) {
        assertFalse(session.handle(new Incoming.Close(code)));
        expect("close " + code);
        assertEquals(1, peer.closings.get());
        session.end();
        assertEquals(1, counters.closedByCode().values().iterator().next().sum());
    }

    @Test
    void answersAnEmptyCloseFrameWithAnEmptyOne() {
        assertFalse(session.handle(new Incoming.Close(1005)));
        expect("close");
        session.end();
        assertEquals(1, closed(1005));
    }

    @Test
    void doesNotAnswerTheAnswerToItsOwnCloseFrame() {
        session.close(1001, "bye");
        session.close(1011, "again");
        assertFalse(session.handle(new Incoming.Close(1000)));
        session.goAway();
        expect("close 1001 bye");
        assertEquals(1, peer.closings.get());
        session.end();
        assertEquals(1, closed(1001));
    }

    @Test
    void afterTheCloseFrameNothingIsHandledAnyMore() {
        session.close(1001, "bye");
        assertFalse(session.isOpen());
        assertTrue(session.handle(text("too late")));
        assertTrue(session.handle(new Incoming.Ping("p".getBytes(UTF_8))));
        session.send(EncodedFrame.text("too late"));
        expect("close 1001 bye");
    }

    @Test
    void aViolationIsToldToThePeerBehindWhatWaits() {
        peer.stop();
        assertEquals(
                2, session.offerAll(List.of(EncodedFrame.text("a"), EncodedFrame.text("b")), 0));
        peer.goOn();
        session.fail(ProtocolViolation.NOT_UTF8);
        expect("text a", "text b", "close 1007 text is not UTF-8");
    }

    @Test
    void aConnectionThatEndsWithoutACloseFrameCountsAs1006() {
        session.end();
        assertEquals(1, closed(1006));
        session.send(EncodedFrame.text("too late"));
        expect();
    }

    @Test
    void aSlowConsumerGetsACloseFrameInsteadOfWhatWaits() {
        peer.stop();
        EncodedFrame frame = EncodedFrame.text("a");
        session.offerAll(List.of(frame), 0);
        peer.awaitWriter();
        assertEquals(2, session.offerAll(List.of(frame, frame, frame), 0));
        assertEquals(Lag.AWAITED, session.lag());
        peer.clock.addAndGet(50);
        assertEquals(Lag.SET_ASIDE, session.lag());
        assertEquals(1, session.offerAll(List.of(frame), 0));
        peer.clock.addAndGet(50);
        assertEquals(0, session.offerAll(List.of(frame), 0));
        assertEquals(Lag.TOO_SLOW, session.lag());
        assertFalse(session.isOpen());
        peer.goOn();
        expect("text a", "close 4013 slow consumer");
        session.end();
        assertEquals(1, closed(4013));
        assertEquals(1, counters.slowConsumers.sum());
    }

    @Test
    void aSettingSaysWithWhichCodeSlowConsumersAreTold() {
        SendLimits sending = new SendLimits(1013, 1 << 16, 1 << 16, 0, 6, 256);
        OutboxContext other = new TestOutboxes(sending, buffers, counters).context(2, 1000, 100);
        ClientSession told = session(peer, other, new EchoEndpoint());
        told.open();
        told.outbox().begin(RESPONSE);
        told.close(CloseCode.TRY_AGAIN_LATER, "full");
        told.outbox().awaitFlushed();
        assertEquals("close 1013 full", peer.frames().getLast());
        told.end();
        assertEquals(1, closed(1013));
    }

    @Test
    void aCodeOfOursThatAClientChoosesIsNotCountedAsOurs() {
        session.handle(new Incoming.Close(CloseCode.TRY_AGAIN_LATER));
        session.end();
        assertEquals(0, closed(CloseCode.TRY_AGAIN_LATER));
        assertEquals(1, closed("4xxx"));
    }

    /// Fails when a session opens, and notes that it was told of its end.
    private static final class FailingEndpoint implements Endpoint {
        private @Nullable Session ended;

        @Override
        public void opened(Session session) {
            throw new IllegalStateException("thrown by a test");
        }

        @Override
        public void message(Session session, Message message) {}

        @Override
        public void closed(Session session) {
            ended = session;
        }
    }

    @Test
    void aSessionThatItsEndpointCannotOpenHasEnded() {
        FailingEndpoint endpoint = new FailingEndpoint();
        assertNull(endpoint.ended);
        ClientSession failed = session(new RecordingTransport(), context, endpoint);
        assertThrows(IllegalStateException.class, failed::open);
        assertEquals(failed, endpoint.ended);
        assertEquals(1, failed.offerAll(List.of(EncodedFrame.text("a")), 0));
    }

    @Test
    void whoeverClosesThereIsOneCloseFrameAndOneDeadline() {
        Property.holds(
                500,
                random -> {
                    RecordingTransport to = new RecordingTransport();
                    ClientSession raced = open(to, new EchoEndpoint());
                    List<Callable<Object>> closers =
                            List.of(
                                    Executors.callable(() -> raced.close(1000, "")),
                                    Executors.callable(raced::goAway),
                                    Executors.callable(
                                            () -> raced.fail(ProtocolViolation.CLOSE_CODE)),
                                    () -> raced.handle(new Incoming.Close(3000)),
                                    () -> raced.offerAll(List.of(EncodedFrame.text("a")), 0));
                    List<Callable<Object>> drawn =
                            IntStream.range(0, 6)
                                    .mapToObj(_ -> closers.get(random.nextInt(closers.size())))
                                    .toList();
                    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                        for (Future<Object> done : threads.invokeAll(drawn)) {
                            done.get();
                        }
                    }
                    raced.close(1000, "");
                    raced.outbox().awaitFlushed();
                    List<String> frames = to.frames();
                    assertTrue(frames.getLast().startsWith("close"), frames::toString);
                    assertEquals(
                            1, frames.stream().filter(frame -> frame.startsWith("close")).count());
                    assertEquals(1, to.closings.get());
                });
    }
}
