package dev.heddle.recording;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.recording.LiveEvents.Listener;
import dev.heddle.support.Patience;
import dev.heddle.telemetry.event.ProtocolViolated;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class LiveEventsTest {
    private static final Duration PATIENCE = Patience.BOUND;

    private final LiveEvents live = new LiveEvents();

    @Test
    void thereIsAStreamWhileSomebodyListens() {
        assertFalse(live.isStreaming());
        Listener one = live.listen(_ -> true).orElseThrow();
        Listener other = live.listen(_ -> true).orElseThrow();
        assertTrue(live.isStreaming());
        one.close();
        assertTrue(live.isStreaming());
        other.close();
        assertFalse(live.isStreaming());
        try (Listener again = live.listen(_ -> true).orElseThrow()) {
            assertTrue(live.isStreaming());
            assertFalse(again.isOver());
        }
    }

    @Test
    void anEventComesToWhoWantsIt() throws InterruptedException {
        try (Listener all = live.listen(event -> event.name().equals("ProtocolViolation")).get();
                Listener mine =
                        live.listen(
                                        event ->
                                                Long.valueOf(2)
                                                        .equals(event.fields().get("connection")))
                                .get()) {
            ProtocolViolated.emit(1, null, "first", 1002);
            ProtocolViolated.emit(2, "ann", "second", 1007);
            assertEquals("first", all.next(PATIENCE).orElseThrow().fields().get("rule"));
            LiveEvent event = mine.next(PATIENCE).orElseThrow();
            assertEquals("ProtocolViolation", event.name());
            assertEquals(
                    List.of("time", "connection", "user", "rule", "code"),
                    List.copyOf(event.fields().keySet()));
            assertEquals("ann", event.fields().get("user"));
            assertEquals(1007, event.fields().get("code"));
        }
    }

    @Test
    void whoListensSlowlyLosesEventsAndIsToldHowMany() throws InterruptedException {
        int sent = LiveEvents.MAX_WAITING + 100;
        try (Listener slow = live.listen(event -> event.name().equals("ProtocolViolation")).get()) {
            for (int i = 0; i < sent; i++) {
                ProtocolViolated.emit(i, null, "rule", 1002);
            }
            AtomicLong lost = new AtomicLong();
            await().atMost(PATIENCE).until(() -> lost.addAndGet(slow.lost()) == 100);
            assertEquals(0L, slow.next(PATIENCE).orElseThrow().fields().get("connection"));
        }
    }

    @Test
    void thereAreAtMostSixteen() {
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < LiveEvents.MAX_LISTENERS; i++) {
            assertTrue(live.hasRoom());
            listeners.add(live.listen(_ -> true).orElseThrow());
        }
        assertFalse(live.hasRoom());
        assertTrue(live.listen(_ -> true).isEmpty());
        listeners.removeFirst().close();
        assertTrue(live.hasRoom());
        listeners.forEach(Listener::close);
    }

    @Test
    void theEndIsToldToWhoWaits() throws InterruptedException {
        Listener listener = live.listen(_ -> false).orElseThrow();
        Thread end = Thread.ofPlatform().start(live::close);
        assertTrue(listener.next(PATIENCE).isEmpty());
        assertTrue(listener.isOver());
        end.join();
        assertFalse(live.isStreaming());
        assertTrue(live.listen(_ -> true).isEmpty());
    }
}
