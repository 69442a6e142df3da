package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One client floods `/ws`; those behind lines of 8 Mbit/s stay, and get all of it.
@Timeout(120)
class BroadcastFloodIT {
    private static final int HONEST = 20;
    private static final int MESSAGES = 400;
    private static final int BYTES = 8 << 10;
    private static final int LINE_BYTES_PER_SECOND = 1_000_000;

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @Test
    void evictsNobodyBehindALineThatIsSlowerThanItself() throws Exception {
        List<RawClient> honest = new ArrayList<>();
        try (RawClient flood = RawClient.open(SERVER.port(), "/ws");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> heard = new ArrayList<>();
            for (int i = 0; i < HONEST; i++) {
                RawClient client = RawClient.open(SERVER.port(), "/ws");
                honest.add(client);
                heard.add(threads.submit(() -> listen(client)));
            }
            Future<Integer> echoed = threads.submit(() -> listen(flood));
            for (int i = 0; i < MESSAGES; i++) {
                flood.send(RawFrame.binary(new byte[BYTES]));
            }
            for (Future<Integer> each : heard) {
                assertEquals(MESSAGES, each.get());
            }
            assertEquals(MESSAGES, echoed.get());
        } finally {
            for (RawClient client : honest) {
                client.close();
            }
        }
        assertEquals(0, SERVER.heddle().counters().slowConsumers.sum());
        assertTrue(SERVER.heddle().counters().publications.sum() >= MESSAGES);
    }

    /// Reads as a line of 8 Mbit/s lets it.
    private static int listen(RawClient client) throws IOException {
        long nextNanos = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
            RawFrame frame = client.readFrame();
            if (frame.opcode() != RawFrame.BINARY) {
                throw client.failure("an honest client got " + frame);
            }
            nextNanos += BYTES * TimeUnit.SECONDS.toNanos(1) / LINE_BYTES_PER_SECOND;
            LockSupport.parkNanos(nextNanos - System.nanoTime());
        }
        return MESSAGES;
    }
}
