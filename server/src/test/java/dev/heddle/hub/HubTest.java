package dev.heddle.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Patience;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class HubTest {
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

    @Test
    void everySubscriberGetsWhatIsPublishedWhileItIsSubscribed() {
        RecordingSubscriber first = subscribed(new RecordingSubscriber());
        publish(0, 10);
        RecordingSubscriber second = subscribed(new RecordingSubscriber(1));
        publish(10, 20);
        fanout.unsubscribe(first);
        publish(20, 30);
        expect(second, messages(10, 30));
        expect(first, messages(0, 20));
        assertEquals(1, fanout.subscribers());
        assertEquals(30, counters.publications.sum());
    }

    @Test
    void nobodySubscribedIsNoReasonToWait() {
        publish(0, 100);
        Soon.until(() -> hub.queued() == 0);
    }

    @Test
    void whoIsNotSubscribedMayUnsubscribe() {
        RecordingSubscriber stays = subscribed(new RecordingSubscriber());
        RecordingSubscriber leaves = subscribed(new RecordingSubscriber());
        fanout.unsubscribe(leaves);
        fanout.unsubscribe(leaves);
        fanout.unsubscribe(new RecordingSubscriber());
        publish(0, 3);
        expect(stays, messages(0, 3));
        assertEquals(1, fanout.subscribers());
    }

    @Test
    void manySubscribersComeAndGoInAnyOrder() {
        List<RecordingSubscriber> all =
                IntStream.range(0, 300).mapToObj(_ -> new RecordingSubscriber()).toList();
        all.forEach(fanout::subscribe);
        publish(0, 1);
        IntStream.range(0, 300)
                .filter(i -> i % 3 != 1)
                .forEach(i -> fanout.unsubscribe(all.get(i)));
        publish(1, 2);
        for (int i = 0; i < 300; i++) {
            expect(all.get(i), messages(0, i % 3 == 1 ? 2 : 1));
        }
        assertEquals(100, fanout.subscribers());
    }

    @Test
    void aSlowConsumerIsDroppedAlone() {
        RecordingSubscriber before = subscribed(new RecordingSubscriber());
        RecordingSubscriber slow = subscribed(new RecordingSubscriber());
        RecordingSubscriber after = subscribed(new RecordingSubscriber());
        publish(0, 3);
        expect(slow, messages(0, 3));
        slow.beSlow();
        publish(3, 50);
        expect(before, messages(0, 50));
        expect(after, messages(0, 50));
        slow.makeRoom();
        publish(50, 51);
        expect(after, messages(0, 51));
        assertEquals(messages(0, 3), slow.received());
        assertEquals(2, fanout.subscribers());
    }

    @Test
    void aSubscriberThatThrowsEndsAlone() throws Exception {
        RecordingSubscriber before = subscribed(new RecordingSubscriber());
        RecordingSubscriber faulty = subscribed(new RecordingSubscriber());
        RecordingSubscriber after = subscribed(new RecordingSubscriber());
        publish(0, 3);
        expect(faulty, messages(0, 3));
        faulty.beFaulty();
        publish(3, 6);
        expect(before, messages(0, 6));
        expect(after, messages(0, 6));
        assertEquals(1, faulty.goodbyes.get());
        assertEquals(2, fanout.subscribers());
        assertEquals(2, counters.bugs.sum(), "in its offer, and in its goodbye");
        after.beFaulty();
        assertTrue(hub.drain(LONG));
        assertEquals(1, before.goodbyes.get());
    }

    @Test
    void aSubscriberThatThrowsWhileItIsWaitedForTakesNothingFromTheOthers() {
        RecordingSubscriber late = subscribed(new RecordingSubscriber(1));
        RecordingSubscriber faulty = subscribed(new RecordingSubscriber(1));
        late.fill();
        faulty.fill();
        publish(0, 6);
        faulty.beFaulty();
        late.makeRoom();
        publish(6, 12);
        expect(late, messages(0, 12));
        assertEquals(1, fanout.subscribers());
        assertEquals(1, faulty.goodbyes.get());
    }
}
