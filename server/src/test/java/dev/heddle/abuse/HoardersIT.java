package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.heddle.frame.CloseCode;
import dev.heddle.support.Crew;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Anonymous clients that hold all the room for unfinished messages harm nobody who finishes his.
class HoardersIT {
    private static final int HOARDERS = 80;
    private static final int HONEST = 4;
    private static final int ROUNDS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private final Queue<RawClient> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger sentAway = new AtomicInteger();
    private final Latencies roundTrips = new Latencies("a round trip of 32 KB");

    @Test
    void whoFinishesItsMessagesLosesNothingAndIsNeverSentAway() throws Exception {
        try (Bystanders bystanders = new Bystanders(SERVER.port(), SERVER.heddle().internalPort());
                Crew hoarders = new Crew();
                Crew honest = new Crew()) {
            for (int i = 0; i < HOARDERS; i++) {
                hoarders.start(this::hoard);
            }
            Soon.until(() -> SERVER.heddle().counters().unfinishedWaits.sum() > 0);
            for (int i = 0; i < HONEST; i++) {
                boolean inFragments = i % 2 == 0;
                honest.start(() -> echo(inFragments));
            }
            honest.join(PATIENCE.multipliedBy(2));
            bystanders.finish(HOARDERS + " hoarders");
            over.set(true);
            for (RawClient client : open) {
                client.close();
            }
            hoarders.join(PATIENCE);
        }
        System.out.printf("%s; hoarders sent away: %d%n", roundTrips, sentAway.get());
    }

    /// Holds a message without its last byte until it is sent away, again and again.
    private void hoard() throws IOException {
        byte[] frame = RawFrame.binary(new byte[1 << 20]).encoded();
        byte[] begun = Arrays.copyOf(frame, frame.length - 1);
        while (!over.get()) {
            try (RawClient client = RawClient.open(SERVER.port(), "/ws").readWithin(PATIENCE)) {
                open.add(client);
                if (over.get()) {
                    return;
                }
                client.send(begun);
                Arena.readClose(client, CloseCode.TRY_AGAIN_LATER);
                sentAway.incrementAndGet();
            } catch (IOException | AssertionError ended) {
                if (!over.get()) {
                    throw ended;
                }
            }
        }
    }

    private void echo(boolean inFragments) throws Exception {
        byte[] payload = new byte[32_000];
        try (RawClient client = RawClient.open(SERVER.port(), "/echo").readWithin(PATIENCE)) {
            for (int i = 0; i < ROUNDS; i++) {
                payload[0] = (byte) i;
                RawFrame echo = roundTrips.time(() -> ask(client, payload, inFragments));
                assertArrayEquals(payload, echo.payload());
            }
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        }
    }

    private static RawFrame ask(RawClient client, byte[] payload, boolean inFragments)
            throws IOException {
        if (inFragments) {
            int half = payload.length / 2;
            byte[] rest = Arrays.copyOfRange(payload, half, payload.length);
            client.send(
                    RawFrame.binary(Arrays.copyOf(payload, half)).unfinished(),
                    RawFrame.of(RawFrame.CONTINUATION, rest));
        } else {
            client.send(RawFrame.binary(payload));
        }
        return client.readFrame();
    }
}
