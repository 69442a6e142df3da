package dev.heddle.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Message;
import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Patience;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What happens while the hub is behind.
class HubBackPressureTest {
    private static final Duration LONG = Patience.BOUND;
    private static final int MAX_COMMANDS = 8;

    private final Counters counters = new Counters();
    private final Hub hub = new Hub(MAX_COMMANDS, 1000, counters);
    private final Fanout fanout = hub.fanout();

    @BeforeEach
    void start() {
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop();
    }

    private RecordingSubscriber subscribed(RecordingSubscriber receiver) {
        fanout.subscribe(receiver);
        return receiver;
    }

    private void publish(String text) {
        assertTrue(fanout.publish(new Fact.Raw(EncodedFrame.text(text))));
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(i -> publish("m" + i));
    }

    private static List<String> messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private static void expect(RecordingSubscriber receiver, List<String> messages) {
        Soon.untilAsserted(() -> assertEquals(messages, receiver.received()));
    }

    private FutureTask<Boolean> publishing(int count) {
        FutureTask<Boolean> task =
                new FutureTask<>(
                        () -> {
                            boolean taken = true;
                            for (int i = 0; i < count; i++) {
                                taken &= fanout.publish(new Fact.Raw(EncodedFrame.text("m" + i)));
                            }
                            return taken;
                        });
        Thread.ofVirtual().start(task);
        return task;
    }

    private static void assertWaits(FutureTask<?> task) {
        assertThrows(TimeoutException.class, () -> task.get(60, TimeUnit.MILLISECONDS));
    }

    @Test
    void publishersWaitWhileTheServerIsBehindAndNothingIsLost() throws Exception {
        RecordingSubscriber late = subscribed(new RecordingSubscriber());
        RecordingSubscriber other = subscribed(new RecordingSubscriber());
        late.fill();
        FutureTask<Boolean> publishing = publishing(500);
        assertWaits(publishing);
        assertTrue(hub.queued() <= MAX_COMMANDS, hub.queued() + " are queued");
        late.makeRoom();
        assertTrue(publishing.get(60, TimeUnit.SECONDS));
        expect(late, messages(0, 500));
        expect(other, messages(0, 500));
        assertTrue(late.wasWaitedFor());
    }

    @Test
    void peersThatTakeNothingAreWaitedForByNobodyAndMissNothing() {
        RecordingSubscriber honest = subscribed(new RecordingSubscriber());
        List<RecordingSubscriber> stalled =
                Stream.generate(RecordingSubscriber::new).limit(20).toList();
        stalled.forEach(this::subscribed);
        stalled.forEach(RecordingSubscriber::stall);
        publish(0, 100);
        expect(honest, messages(0, 100));
        stalled.forEach(each -> expect(each, messages(0, 100)));
        assertEquals(0, stalled.stream().mapToInt(each -> each.waits.get()).sum());
    }

    @Test
    void announcementsNeverWaitAndComeInTheirPlace() throws Exception {
        RecordingSubscriber late = subscribed(new RecordingSubscriber());
        late.fill();
        publish(0, 1);
        Soon.until(() -> hub.queued() == 0);
        publish(1, 1 + MAX_COMMANDS);
        for (int i = 1 + MAX_COMMANDS; i < 100; i++) {
            fanout.announce(new Fact.Raw(EncodedFrame.text("m" + i)));
        }
        assertTrue(hub.queued() > MAX_COMMANDS);
        late.makeRoom();
        expect(late, messages(0, 100));
    }

    @Test
    void theQueueIsBoundedInBytesButTakesAnythingWhenEmpty() throws Exception {
        RecordingSubscriber late = subscribed(new RecordingSubscriber());
        late.fill();
        publish("x".repeat(100));
        Soon.until(() -> hub.queued() == 0);
        publish("y".repeat(100_000));
        FutureTask<Boolean> publishing = publishing(1);
        assertWaits(publishing);
        late.makeRoom();
        assertTrue(publishing.get(60, TimeUnit.SECONDS));
        Soon.until(() -> late.received().size() == 3);
    }

    @Test
    void drainingDeliversWhatWasTakenAndThenSaysGoodbyeOnce() throws Exception {
        RecordingSubscriber quick = subscribed(new RecordingSubscriber());
        RecordingSubscriber late = subscribed(new RecordingSubscriber(1));
        late.fill();
        publish(0, 5);
        FutureTask<Boolean> drained = new FutureTask<>(() -> hub.drain(LONG));
        Thread.ofVirtual().start(drained);
        assertWaits(drained);
        assertFalse(fanout.publish(new Fact.Raw(EncodedFrame.text("too late"))));
        assertEquals(0, quick.goodbyes.get() + late.goodbyes.get());
        late.makeRoom();
        assertTrue(drained.get(60, TimeUnit.SECONDS));
        assertEquals(messages(0, 5), quick.received());
        assertEquals(messages(0, 5), late.received());
        assertEquals(List.of(1, 1), List.of(quick.goodbyes.get(), late.goodbyes.get()));
        RecordingSubscriber newcomer = subscribed(new RecordingSubscriber());
        Soon.until(() -> newcomer.goodbyes.get() == 1);
    }

    @Test
    void drainingDoesNotWaitLongerThanItsBoundAndFreesPublishers() throws Exception {
        RecordingSubscriber stuck = subscribed(new RecordingSubscriber());
        stuck.fill();
        FutureTask<Boolean> publishing = publishing(500);
        assertWaits(publishing);
        assertFalse(hub.drain(Duration.ofMillis(50)));
        assertFalse(publishing.get(60, TimeUnit.SECONDS));
        stuck.makeRoom();
    }

    @Test
    void nobodyIsOvertakenWhoeverPublishesFaster() throws Exception {
        RecordingSubscriber late = subscribed(new RecordingSubscriber(1));
        late.fill();
        FutureTask<Boolean> flood = publishing(2000);
        Soon.until(() -> hub.queued() == MAX_COMMANDS);
        assertWaits(flood);
        FutureTask<Boolean> modest =
                new FutureTask<>(() -> fanout.publish(new Fact.Raw(EncodedFrame.text("modest"))));
        Thread.ofVirtual().start(modest);
        assertWaits(modest);
        late.makeRoom();
        assertTrue(flood.get(60, TimeUnit.SECONDS));
        Soon.until(() -> late.received().size() == 2001);
        int place = late.received().indexOf("modest");
        assertTrue(place <= 64 + 2 * MAX_COMMANDS, "its turn came after " + place);
    }

    @Test
    void stoppingFreesWhoWaits() throws Exception {
        RecordingSubscriber stuck = subscribed(new RecordingSubscriber());
        stuck.fill();
        FutureTask<Boolean> publishing = publishing(500);
        assertWaits(publishing);
        FutureTask<RecordingSubscriber> coming =
                new FutureTask<>(() -> subscribed(new RecordingSubscriber()));
        Thread.ofVirtual().start(coming);
        assertWaits(coming);
        fanout.unsubscribe(stuck);
        hub.stop();
        assertFalse(publishing.get(60, TimeUnit.SECONDS));
        assertEquals(0, coming.get(60, TimeUnit.SECONDS).received().size());
        assertFalse(fanout.publish(new Fact.Raw(EncodedFrame.text("too late"))));
        stuck.makeRoom();
    }

    @Test
    void aFrameOverTheBoundIsNotLeftBehindSubscriptionsThatWaitForCompany() {
        RecordingSubscriber receiver = subscribed(new RecordingSubscriber());
        String large = "x".repeat(2000);
        publish(large);
        expect(receiver, List.of(large));
    }

    @Test
    void whatNobodyTakesCountsToo() throws Exception {
        RecordingSubscriber elsewhere = subscribed(new RecordingSubscriber());
        elsewhere.fill();
        publish("the hub waits with this");
        Fanout empty = hub.fanout();
        Message large = new Message("x".repeat(400), null, null, null);
        FutureTask<Boolean> publishing =
                new FutureTask<>(
                        () ->
                                IntStream.rangeClosed(1, MAX_COMMANDS)
                                        .allMatch(i -> empty.publish(published(i, large))));
        Thread.ofVirtual().start(publishing);
        assertWaits(publishing);
        assertTrue(hub.queued() <= 2, () -> "took " + hub.queued());
        elsewhere.makeRoom();
        assertTrue(publishing.get(60, TimeUnit.SECONDS));
    }

    private static Fact published(int offset, Message message) {
        return new Fact.Published("a", "e", new Publication(offset, message));
    }
}
