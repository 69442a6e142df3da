package dev.heddle.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.hub.Hub;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// How many users are kept who have gone: here one.
class GraceTest {
    private static final String LOBBY = "lobby:1";

    private final Counters counters = new Counters();
    private final Channels channels =
            TestChannels.of(
                    Map.of(
                            "HEDDLE_CHANNELS_RULES",
                            "lobby:* joins=true grace=10m",
                            "HEDDLE_CHANNELS_GRACE_USERS",
                            "1"),
                    () -> new Hub(64, 1 << 20, counters));
    private final FakeClient ann = new FakeClient();

    @BeforeEach
    void start() {
        channels.start();
        subscribe(LOBBY, ann, "ann").begin(0);
    }

    @AfterEach
    void stop() {
        channels.stop();
    }

    private Subscription subscribe(String channel, Party party, String user) {
        return channels.subscribe(channel, party, new Identity(user, null));
    }

    private Subscription subscribe(String channel, String user) {
        return subscribe(channel, new FakeClient(), user);
    }

    /// What she is told of is also told in the order in which it happened.
    private void expectAnnIsTold(String... told) {
        Soon.untilAsserted(() -> assertEquals(List.of(told), ann.told()));
    }

    @Test
    void whoLeavesWhenNobodyMoreCanBeKeptIsToldOfAtOnce() {
        Subscription ben = subscribe(LOBBY, "ben");
        Subscription cat = subscribe(LOBBY, "cat");
        channels.unsubscribe(ben);
        channels.unsubscribe(cat);
        expectAnnIsTold("join ben", "join cat", "leave cat");
        assertEquals(2, channels.counts(LOBBY).users());
        subscribe(LOBBY, "cat");
        expectAnnIsTold("join ben", "join cat", "leave cat", "join cat");
    }

    @Test
    void whoComesBackMakesRoomForAnother() {
        for (int i = 0; i < 10; i++) {
            channels.unsubscribe(subscribe(LOBBY, "ben"));
        }
        subscribe(LOBBY, "ben");
        channels.unsubscribe(subscribe(LOBBY, "cat"));
        subscribe(LOBBY, "dan");
        expectAnnIsTold("join ben", "join cat", "join dan");
        assertEquals(4, channels.counts(LOBBY).users());
    }

    @Test
    void aChannelThatIsForgottenMakesRoomForAnother() {
        channels.unsubscribe(subscribe("lobby:2", "ben"));
        channels.unsubscribe(subscribe(LOBBY, "cat"));
        subscribe(LOBBY, "dan");
        expectAnnIsTold("join cat", "join dan");
        assertEquals(3, channels.counts(LOBBY).users());
    }
}
