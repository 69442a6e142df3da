package dev.heddle.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.channel.Channels;
import dev.heddle.channel.Identity;
import dev.heddle.channel.Subscription;
import dev.heddle.hub.Hub;
import dev.heddle.support.Crew;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Patience;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/// Readers come and go in one channel, again and again from where they were, while writers publish
/// to it: each has seen every publication once, in its order.
class SubscriptionStressIT {
    private static final String CHANNEL = "news";
    private static final int WRITERS = 2;
    private static final int EACH = 10_000;
    private static final int READERS = 4;

    private final Counters counters = new Counters();
    private final Channels channels =
            TestChannels.of(
                    CHANNEL + " history=1000000 history-bytes=1GiB",
                    () -> new Hub(16, 1 << 16, counters));

    @Test
    void recoveryLeavesNoGapAndRepeatsNothing() throws Exception {
        channels.start();
        AtomicInteger published = new AtomicInteger();
        List<List<Long>> seen = new ArrayList<>();
        try (Crew crew = new Crew()) {
            for (int i = 0; i < WRITERS; i++) {
                crew.start(() -> publish(published));
            }
            for (int i = 0; i < READERS; i++) {
                List<Long> offsets = new ArrayList<>();
                seen.add(offsets);
                crew.start(() -> read(offsets, published));
            }
            crew.join(Patience.BOUND);
        }
        List<Long> all = LongStream.rangeClosed(1, WRITERS * EACH).boxed().toList();
        seen.forEach(offsets -> assertEquals(all, offsets));
        assertEquals(0, counters.bugs.sum());
        channels.stop();
    }

    private void publish(AtomicInteger published) {
        for (int i = 0; i < EACH; i++) {
            Message message = new Message("1", null, null, null);
            assertEquals(Outcome.DELIVERED, channels.publish(CHANNEL, message, false).outcome());
            published.incrementAndGet();
        }
    }

    private void read(List<Long> offsets, AtomicInteger published) {
        boolean isLast = false;
        while (!isLast) {
            isLast = published.get() == WRITERS * EACH;
            FakeClient client = new FakeClient();
            Subscription subscription =
                    channels.subscribe(CHANNEL, client, new Identity("reader", null));
            String epoch = channels.history(CHANNEL, new Range.Newest(0)).position().epoch();
            Position position = new Position(epoch, offsets.isEmpty() ? 0 : offsets.getLast());
            History missed =
                    channels.history(CHANNEL, new Range.After(position, Integer.MAX_VALUE));
            assertTrue(missed.isWhole());
            missed.publications().stream().map(Publication::offset).forEach(offsets::add);
            subscription.begin(missed.position().offset());
            if (!isLast) {
                Soon.until(
                        () -> client.received().size() > 20 || published.get() == WRITERS * EACH);
            }
            channels.unsubscribe(subscription);
            client.received().stream()
                    .map(push -> Long.valueOf(push.replaceAll(".*\"offset\":(\\d+).*", "$1")))
                    .forEach(offsets::add);
        }
    }
}
