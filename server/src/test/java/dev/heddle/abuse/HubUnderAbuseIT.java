package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.support.Crew;
import dev.heddle.support.LogLines;
import dev.heddle.support.Patience;
import dev.heddle.support.TestServer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// Clients that behave well are not touched by those that do not.
class HubUnderAbuseIT {
    static final int MAX_MESSAGE_BYTES = 128 << 10;
    static final int MAX_FRAGMENTS = 64;
    static final int MAX_UNFINISHED_BYTES = 4 << 20;

    private static final int HONEST = 20;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration ABUSE = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Patience.BOUND;
    private static final int MAX_LOG_LINES = 5;

    @RegisterExtension static final TestServer SERVER = new TestServer(settings());

    @Test
    void honestClientsLoseNothingSeeOneOrderAndStayConnected() throws Exception {
        Heddle server = SERVER.heddle();
        List<HonestClient> honest = new ArrayList<>();
        try (LogLines log = new LogLines();
                Arena arena = new Arena(server)) {
            for (int i = 0; i < HONEST; i++) {
                honest.add(new HonestClient(server.port(), i));
            }
            talkAmidAbuse(honest, arena);
            requireOneCompleteOrder(honest);
            for (HonestClient client : honest) { // at once: who has heard all answers no ping
                client.sayGoodbye();
            }
            awaitNobody(server);
            assertEquals(HONEST + arena.connected(), server.counters().accepted.sum());
            assertTrue(log.all().size() <= MAX_LOG_LINES, () -> "log storm: " + log.all());
        } finally {
            for (HonestClient client : honest) {
                client.close();
            }
        }
        assertEquals(0, server.counters().bugs.sum(), "bugs");
        assertEquals(0, server.counters().acceptFailures.sum(), "failed accepts");
        long slow = server.counters().slowConsumers.sum();
        LongAdder none = new LongAdder();
        long closed = server.counters().closedByCode().getOrDefault("4013", none).sum();
        long sentAway = server.counters().unfinishedSentAway.sum();
        assertTrue(closed >= slow, () -> closed + " closed, " + slow + " of them as slow");
        assertTrue(closed <= slow + sentAway, () -> closed + " closed, " + sentAway + " for room");
    }

    private static void talkAmidAbuse(List<HonestClient> honest, Arena arena) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Crew talkers = new Crew();
                Crew abusers = new Crew()) {
            for (HonestClient client : honest) {
                talkers.start(() -> client.talk(PAUSE, over));
                talkers.start(() -> client.listen(HONEST));
            }
            try {
                abuse(arena, abusers);
                abusers.join(PATIENCE);
            } finally {
                over.set(true);
                talkers.join(PATIENCE);
            }
        }
    }

    /// Plays every kind of abuse at once, each again and again, for a while.
    private static void abuse(Arena arena, Crew abusers) {
        long seed = System.nanoTime();
        System.out.println("the seed of the abuse is " + seed);
        Random seeds = new Random(seed);
        long end = System.nanoTime() + ABUSE.toNanos();
        for (Abuse abuse : Abuse.all()) {
            Random random = new Random(seeds.nextLong());
            abusers.start(() -> repeat(abuse, arena, random, end));
        }
    }

    private static void repeat(Abuse abuse, Arena arena, Random random, long end) {
        int rounds = 0;
        try {
            do {
                abuse.round().play(arena, random);
                rounds++;
            } while (System.nanoTime() - end < 0);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(abuse.name() + ", round " + rounds, failure);
        }
    }

    private static void requireOneCompleteOrder(List<HonestClient> honest) {
        List<String> order = honest.getFirst().heard();
        for (HonestClient client : honest) {
            assertEquals(order, client.heard(), "one order for all");
            assertEquals(client.said(), honest.getFirst().heardFrom(client), "nothing lost");
        }
    }

    /// The server has ended whatever the abusers have left open; they themselves have not.
    private static void awaitNobody(Heddle server) {
        Awaitility.await("no connection")
                .pollInSameThread()
                .untilAsserted(() -> assertEquals(0, server.connections()));
    }

    private static Settings settings() {
        String messageBytes = Integer.toString(MAX_MESSAGE_BYTES);
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "HEDDLE_LIMITS_UNFINISHED_BYTES",
                                Long.toString(MAX_UNFINISHED_BYTES),
                                "HEDDLE_DEADLINES_HEAD",
                                "5s", // so long may an honest one's thread have to wait for its
                                // turn
                                "HEDDLE_DEADLINES_MESSAGE",
                                "2s",
                                "HEDDLE_DEADLINES_PING_INTERVAL",
                                "1s",
                                "HEDDLE_DEADLINES_WRITE",
                                "20s",
                                "HEDDLE_DEADLINES_CLOSE",
                                "3s",
                                "HEDDLE_WS_FRAME_BYTES",
                                messageBytes,
                                "HEDDLE_WS_MESSAGE_BYTES",
                                messageBytes,
                                "HEDDLE_WS_FRAGMENTS",
                                Integer.toString(MAX_FRAGMENTS),
                                "HEDDLE_WS_UNFINISHED_BYTES",
                                messageBytes));
        settings.put("HEDDLE_DEADLINES_SLOW_CONSUMER", "2s");
        settings.put("HEDDLE_NET_DEFERRED_ACCEPT", "false"); // or who says nothing is never counted
        settings.put("HEDDLE_WS_BYTES_PER_SECOND", "0"); // it is the hub that is under abuse here
        settings.put("HEDDLE_WS_MESSAGES_PER_SECOND", "0");
        return TestServer.configured(settings);
    }
}
