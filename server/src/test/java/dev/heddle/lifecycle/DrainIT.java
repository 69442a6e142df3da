package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// A signal under load: nothing that was acknowledged is lost, everybody is told, exit code 0.
class DrainIT {
    private static final int CLIENTS = 300;
    private static final int PUBLISHERS = 4;
    private static final int ENOUGH = 500;

    /// What a client saw until its connection ended.
    private record Seen(int messages, int closeCode) {}

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void everyClientGets1001AfterEverythingAcknowledged(String signal) throws Exception {
        try (ServerProcess server = new ServerProcess("", "--diagnostics");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch enough = new CountDownLatch(CLIENTS);
            List<Future<Seen>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                RawClient client = RawClient.open(server.port(), "/ws");
                clients.add(threads.submit(() -> readUntilClosed(client, enough)));
            }
            AtomicInteger acknowledged = new AtomicInteger();
            List<Future<@Nullable Void>> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                publishers.add(threads.submit(() -> publishUntilRefused(server, acknowledged)));
            }
            enough.await();

            server.signal(signal);
            server.signal(signal);

            assertEquals(0, server.awaitEnd(60), server.log());
            for (Future<@Nullable Void> publisher : publishers) {
                publisher.get();
            }
            List<Seen> seen = new ArrayList<>();
            for (Future<Seen> client : clients) {
                seen.add(client.get());
            }
            assertEquals(1, seen.stream().distinct().count(), seen::toString);
            assertEquals(1001, seen.getFirst().closeCode());
            assertTrue(
                    seen.getFirst().messages() >= acknowledged.get(),
                    () -> "lost some of " + acknowledged + ": " + seen.getFirst());
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsUpTheEndForTheDrainDeadlineAtMost() throws Exception {
        try (ServerProcess server =
                        new ServerProcess(
                                "", "--set deadlines.drain=1s", "--set deadlines.close=60s");
                RawClient stalled = RawClient.open(server.port(), "/ws");
                RawClient publisher = RawClient.open(server.port(), "/ws")) {
            RawFrame large = RawFrame.binary(new byte[60_000]);
            for (int i = 0; i < 16; i++) { // more than sockets hold, and less than an outbox
                publisher.send(large);
                assertEquals(RawFrame.BINARY, publisher.readFrame().opcode());
            }
            server.signal("TERM");
            assertEquals(0, server.awaitEnd(60), server.log());
            assertEquals(RawFrame.BINARY, stalled.readFrame().opcode());
        }
    }

    /// Reads like a well-behaved client, which answers the Close frame.
    private static Seen readUntilClosed(RawClient client, CountDownLatch enough)
            throws IOException {
        try (client) {
            client.readWithin(Patience.BOUND);
            int messages = 0;
            while (true) {
                RawFrame frame = client.readFrame();
                if (frame.opcode() == RawFrame.CLOSE) {
                    client.send(RawFrame.close(frame.closeCode(), ""));
                    return new Seen(messages, frame.closeCode());
                }
                if (frame.opcode() == RawFrame.TEXT && ++messages == ENOUGH) {
                    enough.countDown();
                }
            }
        }
    }

    private static @Nullable Void publishUntilRefused(
            ServerProcess server, AtomicInteger acknowledged) throws InterruptedException {
        try {
            while (server.get("/benchmark").statusCode() == 200) {
                acknowledged.incrementAndGet();
            }
        } catch (IOException serverIsGone) {
            assertTrue(acknowledged.get() > 0);
        }
        return null;
    }
}
