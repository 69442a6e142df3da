package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.broker.Message;
import dev.heddle.support.AccClient;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Clients that ask for long histories and read nothing hold no more than all outboxes may, and
/// nobody else is sent away for it.
@Timeout(180)
class ReplyHoardersIT {
    private static final int HOARDERS = 40;
    private static final int REQUESTS = 6;
    private static final int PUBLICATIONS = 240;
    private static final String HELD = "heddle_outbox_bytes ";
    private static final int LEAST_SENT_AWAY = 20;

    /// The bound is 4 MiB, and each may add one reply to it in one go. Without a bound it were 50
    /// MB.
    private static final long MAX_BYTES = 12 << 20;

    private static final String HISTORY = "{\"channel\":\"long\",\"limit\":1000}";

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_LIMITS_OUTBOX_BYTES", "4MiB",
                                    "HEDDLE_SENDING_BUFFER_BYTES", "16KiB",
                                    "HEDDLE_SENDING_PORTION_BYTES", "1MiB",
                                    "HEDDLE_DEADLINES_PING_INTERVAL", "0s",
                                    "HEDDLE_CHANNELS_RULES", "long history=1000")));

    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch sentAway = new CountDownLatch(LEAST_SENT_AWAY);
    private final Latencies replies = new Latencies("a history for who reads it");

    @Test
    void holdNoMoreThanTheBoundAndGoFirst() throws Exception {
        String data = '"' + "x".repeat(1000) + '"';
        for (int i = 0; i < PUBLICATIONS; i++) {
            SERVER.heddle().channels().publish("long", new Message(data, null, null, null), false);
        }
        try (Crew crew = new Crew()) {
            crew.start(this::readHistories);
            crew.start(this::watchBytes);
            for (int i = 0; i < HOARDERS; i++) {
                int number = i;
                crew.start(() -> hoard(number));
            }
            assertTrue(sentAway.await(120, TimeUnit.SECONDS), () -> sentAway + " hoard on");
            over.set(true);
            crew.join(Patience.BOUND);
        }
        System.out.printf("%s, %d times%n", replies, replies.count());
        Soon.until(() -> heldBytes() == 0);
        assertEquals(0, SERVER.heddle().counters().bugs.sum());
    }

    private void hoard(int number) throws Exception {
        try (RawClient line = RawClient.connect(SERVER.port(), 4096).readWithin(Patience.BOUND)) {
            line.upgrade("/acc");
            line.send(
                    request("login", "{\"appID\":101,\"userID\":\"hoarder%d\"}".formatted(number)));
            Soon.until(() -> !isSentAway(number));
            for (int i = 0; i < REQUESTS; i++) {
                line.send(request("history", HISTORY));
            }
            while (!over.get() && !isSentAway(number)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            sentAway.countDown();
        }
    }

    private static RawFrame request(String command, String data) {
        return RawFrame.text("{\"seq\":\"s\",\"cmd\":\"%s\",\"data\":%s}".formatted(command, data));
    }

    private static long heldBytes() {
        String url = "http://127.0.0.1:" + SERVER.heddle().internalPort() + "/metrics";
        try (InputStream answer = URI.create(url).toURL().openStream()) {
            return new String(answer.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(HELD))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(HELD.length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    private static boolean isSentAway(int number) {
        return !SERVER.heddle().rooms().isOnline(101, "hoarder" + number);
    }

    private void watchBytes() throws InterruptedException {
        while (!over.get()) {
            long held = heldBytes();
            assertTrue(held < MAX_BYTES, () -> held + " bytes");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void readHistories() throws Exception {
        try (AccClient client = AccClient.login(SERVER.port(), 102, "reader")) {
            while (!over.get()) {
                replies.time(
                        () -> {
                            client.request("history", HISTORY);
                            return client.next();
                        });
                TimeUnit.MILLISECONDS.sleep(100);
            }
            client.leave();
        }
    }
}
