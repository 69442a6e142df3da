package dev.heddle.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.broker.Message;
import dev.heddle.broker.Range;
import dev.heddle.hub.Hub;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

class ChannelsTest {
    private static final String NEWS = "news";
    private static final Duration GRACE = Duration.ofMillis(300);

    /// Longer than it takes to come back, whatever else the machine does.
    private static final Duration LONG_GRACE = Duration.ofSeconds(3);

    private final Counters counters = new Counters();
    private final Channels channels =
            TestChannels.of(
                    "lobby:* joins=true grace=%dms, hall:* joins=true grace=%dms"
                            .formatted(GRACE.toMillis(), LONG_GRACE.toMillis()),
                    () -> new Hub(64, 1 << 20, counters));
    private final FakeClient party = new FakeClient();

    @BeforeEach
    void start() {
        channels.start();
    }

    @AfterEach
    void stop() {
        channels.stop();
        assertEquals(0, counters.bugs.sum());
    }

    private static Identity user(String name) {
        return new Identity(name, null);
    }

    private Subscription subscribe(String channel, Party who, String user) {
        return channels.subscribe(channel, who, user(user));
    }

    private Subscription follow(String channel, Party who, String user) {
        Subscription subscription = subscribe(channel, who, user);
        assertTrue(subscription.begin(position(channel)));
        return subscription;
    }

    private long position(String channel) {
        return channels.history(channel, new Range.Newest(0)).position().offset();
    }

    private long publish(String channel, String data) {
        return channels.publish(channel, new Message(data, null, null, null), false)
                .position()
                .offset();
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void aNameHasAtMost255BytesOfUtf8(String character) {
        int bytes = character.getBytes(UTF_8).length;
        String rest = "x".repeat(255 % bytes);
        assertTrue(Channels.isName(character));
        assertTrue(Channels.isName(character.repeat(255 / bytes) + rest));
        assertFalse(Channels.isName(character.repeat(255 / bytes) + rest + "x"));
        assertFalse(Channels.isName(character.repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a\n", "\u0000", "a\u007f", "\u0085a", "a\ud83d", "\ude00a"})
    void whatIsNoName(String text) {
        assertFalse(Channels.isName(text));
    }

    @Test
    void aSubscriptionGetsWhatComesAfterItsPositionOnce() {
        publish(NEWS, "1");
        Subscription subscription = subscribe(NEWS, party, "ann");
        publish(NEWS, "2");
        publish(NEWS, "3");
        assertEquals(List.of(), party.received());
        subscription.begin(2);
        publish(NEWS, "4");
        Soon.untilAsserted(() -> assertEquals(offsets(3, 4), party.offsets()));
    }

    @Test
    void whatIsHeldBackWaitsForRoomAndKeepsItsOrder() throws Exception {
        Subscription subscription = subscribe(NEWS, party, "ann");
        FakeClient other = new FakeClient();
        follow(NEWS, other, "ben");
        for (int i = 0; i < 10; i++) {
            publish(NEWS, "1");
        }
        // What is published once another has the tenth comes when all that was before is held back.
        Soon.until(() -> other.received().size() == 10);
        publish(NEWS, "1");
        Soon.until(() -> other.received().size() == 11);
        party.makeRoom(3);
        Thread beginning = Thread.startVirtualThread(() -> subscription.begin(2));
        Soon.until(() -> party.received().size() == 3);
        publish(NEWS, "1");
        assertTrue(beginning.isAlive());
        party.makeRoom(1000);
        beginning.join();
        Soon.untilAsserted(() -> assertEquals(offsets(3, 12), party.offsets()));
    }

    @Test
    void whoTakesTooLongToBeginHoldsUpNobodyAndIsToldSo() {
        Subscription late = subscribe(NEWS, party, "ann");
        FakeClient other = new FakeClient();
        follow(NEWS, other, "ben");
        String large = "\"" + "x".repeat(100_000) + "\"";
        for (int i = 0; i < 4; i++) {
            publish(NEWS, large);
        }
        Soon.untilAsserted(() -> assertEquals(offsets(1, 4), other.offsets()));
        assertFalse(late.begin(0));
        assertEquals(List.of(), party.received());
    }

    @Test
    void anEndedSubscriptionGetsNothingMore() {
        FakeClient other = new FakeClient();
        Subscription subscription = follow(NEWS, party, "ann");
        follow(NEWS, other, "ben");
        channels.unsubscribe(subscription);
        publish(NEWS, "1");
        Soon.until(() -> other.received().size() == 1);
        assertEquals(List.of(), party.received());
    }

    @Test
    void aChannelIsForgottenWithItsLastSubscription() {
        Subscription one = follow(NEWS, party, "ann");
        Subscription two = follow(NEWS, new FakeClient(), "ann");
        assertEquals(List.of(NEWS), channels.names());
        assertEquals(2, channels.counts(NEWS).connections());
        assertEquals(1, channels.counts(NEWS).users());
        channels.unsubscribe(one);
        assertEquals(1, channels.count());
        channels.unsubscribe(two);
        assertEquals(0, channels.count());
        assertEquals(0, channels.counts(NEWS).connections());
        assertEquals(List.of(), channels.present(NEWS));
    }

    @Test
    void othersAreToldOfTheFirstAndTheLastConnectionOfAUser() {
        follow("lobby:1", party, "ann");
        Subscription one = follow("lobby:1", new FakeClient(), "ben");
        Subscription two = follow("lobby:1", new FakeClient(), "ben");
        channels.unsubscribe(one);
        channels.unsubscribe(two);
        Soon.untilAsserted(() -> assertEquals(List.of("join ben", "leave ben"), party.told()));
        follow("lobby:1", new FakeClient(), "cat");
        Soon.untilAsserted(
                () -> assertEquals(List.of("join ben", "leave ben", "join cat"), party.told()));
    }

    @Test
    void whoComesBackSoonWasNeverAway() {
        follow("hall:1", party, "ann");
        Subscription first = follow("hall:1", new FakeClient(), "ben");
        channels.unsubscribe(first);
        assertEquals(2, channels.counts("hall:1").users());
        assertEquals(1, channels.counts("hall:1").connections());
        assertEquals(2, channels.present("hall:1").size());
        follow("hall:1", new FakeClient(), "ben");
        channels.unsubscribe(follow("hall:1", new FakeClient(), "cat"));
        Soon.untilAsserted(
                () -> assertEquals(List.of("join ben", "join cat", "leave cat"), party.told()));
    }

    @Test
    void otherChannelsTellOfNobody() {
        follow(NEWS, party, "ann");
        channels.unsubscribe(follow(NEWS, new FakeClient(), "ben"));
        publish(NEWS, "1");
        Soon.until(() -> party.received().size() == 1);
        assertEquals(List.of(1L), party.offsets());
    }
}
