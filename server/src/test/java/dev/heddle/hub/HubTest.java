package dev.heddle.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class HubTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int MAX_COMMANDS = 8;

    private final Counters counters = new Counters();
    private final Hub hub = new Hub(MAX_COMMANDS, 1000, counters);

    @BeforeEach
    void start() {
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop();
    }

    private Receiver subscribed(Receiver receiver) {
        hub.subscribe(receiver);
        return receiver;
    }

    private void publish(String text) {
        assertTrue(hub.publish(EncodedFrame.text(text)));
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(i -> publish("m" + i));
    }

    private static List<String> messages(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private static void expect(Receiver receiver, List<String> messages) {
        Soon.untilAsserted(() -> assertEquals(messages, receiver.received()));
    }

    @Test
    void everySubscriberGetsWhatIsPublishedWhileItIsSubscribed() {
        Receiver first = subscribed(new Receiver());
        publish(0, 10);
        Receiver second = subscribed(new Receiver(1));
        publish(10, 20);
        hub.unsubscribe(first);
        publish(20, 30);
        expect(second, messages(10, 30));
        expect(first, messages(0, 20));
        assertEquals(1, hub.subscribers());
        assertEquals(30, counters.publications.sum());
    }

    @Test
    void nobodySubscribedIsNoReasonToWait() {
        publish(0, 100);
        Soon.until(() -> hub.queued() == 0);
    }

    @Test
    void whoIsNotSubscribedMayUnsubscribe() {
        Receiver stays = subscribed(new Receiver());
        Receiver leaves = subscribed(new Receiver());
        hub.unsubscribe(leaves);
        hub.unsubscribe(leaves);
        hub.unsubscribe(new Receiver());
        publish(0, 3);
        expect(stays, messages(0, 3));
        assertEquals(1, hub.subscribers());
    }

    @Test
    void manySubscribersComeAndGoInAnyOrder() {
        List<Receiver> all = IntStream.range(0, 300).mapToObj(_ -> new Receiver()).toList();
        all.forEach(hub::subscribe);
        publish(0, 1);
        IntStream.range(0, 300).filter(i -> i % 3 != 1).forEach(i -> hub.unsubscribe(all.get(i)));
        publish(1, 2);
        for (int i = 0; i < 300; i++) {
            expect(all.get(i), messages(0, i % 3 == 1 ? 2 : 1));
        }
        assertEquals(100, hub.subscribers());
    }

    @Test
    void aSlowConsumerIsDroppedAlone() {
        Receiver before = subscribed(new Receiver());
        Receiver slow = subscribed(new Receiver());
        Receiver after = subscribed(new Receiver());
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
        assertEquals(2, hub.subscribers());
    }

    @Test
    void aSubscriberThatThrowsEndsAlone() throws Exception {
        Receiver before = subscribed(new Receiver());
        Receiver faulty = subscribed(new Receiver());
        Receiver after = subscribed(new Receiver());
        publish(0, 3);
        expect(faulty, messages(0, 3));
        faulty.beFaulty();
        publish(3, 6);
        expect(before, messages(0, 6));
        expect(after, messages(0, 6));
        assertEquals(1, faulty.goodbyes.get());
        assertEquals(2, hub.subscribers());
        assertEquals(2, counters.bugs.sum(), "in its offer, and in its goodbye");
        after.beFaulty();
        assertTrue(hub.drain(LONG));
        assertEquals(1, before.goodbyes.get());
    }

    @Test
    void aSubscriberThatThrowsWhileItIsWaitedForTakesNothingFromTheOthers() {
        Receiver late = subscribed(new Receiver(1));
        Receiver faulty = subscribed(new Receiver(1));
        late.fill();
        faulty.fill();
        publish(0, 6);
        faulty.beFaulty();
        late.makeRoom();
        publish(6, 12);
        expect(late, messages(0, 12));
        assertEquals(1, hub.subscribers());
        assertEquals(1, faulty.goodbyes.get());
    }
}
