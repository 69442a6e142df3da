package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One anonymous client sends three times as much to `/ws` as a line of 8 Mbit/s carries. Those who
/// are behind such lines stay, and miss nothing that one of them says.
@Timeout(120)
class BroadcastFloodIT {
    private static final int HONEST = 20;
    private static final int LINE_BYTES_PER_SECOND = 1_000_000;
    private static final int FLOOD_BYTES_PER_SECOND = 3_000_000;
    private static final Duration FLOOD = Duration.ofSeconds(4);
    private static final int MESSAGE_BYTES = 8 << 10;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// To see the flood win: `--set ws.bytes-per-second=0 --set ws.messages-per-second=0`.
    private static final String SETTINGS = "";

    private static final Pattern SLOW_CONSUMERS =
            Pattern.compile("(?m)^heddle_slow_consumers_total (\\d+)");

    private final AtomicBoolean stop = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(HONEST);
    private final Latencies health = new Latencies("/livez");

    @Test
    void evictsNobodyBehindALineThatIsSlowerThanItself() throws Exception {
        List<HonestClient> honest = new ArrayList<>();
        try (ServerProcess server = new ServerProcess("", SETTINGS);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RawClient flood = RawClient.open(server.port(), "/ws")) {
            for (int i = 0; i < HONEST; i++) {
                honest.add(HonestClient.behindALine(server.port(), i, LINE_BYTES_PER_SECOND));
            }
            server.getInternal("/livez");
            List<Future<?>> doings = new ArrayList<>();
            honest.forEach(client -> doings.add(run(threads, () -> listen(client))));
            doings.add(run(threads, () -> honest.getFirst().talk(PAUSE, stop)));
            doings.add(run(threads, () -> lookAfter(server)));
            var _ = run(threads, () -> Arena.readFramesToEnd(flood)); // until it is closed
            long sent = flood(flood);
            ended.await();
            String evicted = slowConsumers(server);
            System.out.printf("the flood sent %,d bytes and evicted %s%n", sent, evicted);
            assertEquals("0", evicted);
            for (Future<?> each : doings) {
                each.get();
            }
            requireAllHeard(honest);
        } finally {
            for (HonestClient client : honest) {
                client.close();
            }
        }
    }

    private void listen(HonestClient client) throws IOException {
        try {
            client.listen(1);
            client.sayGoodbye();
        } finally {
            ended.countDown();
        }
    }

    /// The server is alive all the time.
    private void lookAfter(ServerProcess server) throws Exception {
        while (!stop.get()) {
            assertEquals(200, health.time(() -> server.getInternal("/livez").statusCode()));
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void requireAllHeard(List<HonestClient> honest) {
        HonestClient speaker = honest.getFirst();
        Latencies delays = new Latencies("from one to all");
        for (HonestClient client : honest) {
            assertEquals(speaker.said(), client.heardFrom(speaker));
            client.addDelays(speaker, delays);
        }
        System.out.printf("%s, of %d messages; %s%n", delays, speaker.said().size(), health);
    }

    /// Sends at its rate as long as it is let, and says how much that was.
    private long flood(RawClient client) throws IOException {
        byte[] message = RawFrame.binary(new byte[MESSAGE_BYTES]).encoded();
        long began = System.nanoTime();
        long sent = 0;
        try {
            while (System.nanoTime() - began < FLOOD.toNanos()) {
                client.send(message);
                sent += MESSAGE_BYTES;
                long due = sent * TimeUnit.SECONDS.toNanos(1) / FLOOD_BYTES_PER_SECOND;
                LockSupport.parkNanos(began + due - System.nanoTime());
            }
        } finally {
            stop.set(true);
        }
        return sent;
    }

    private static String slowConsumers(ServerProcess server) throws Exception {
        return SLOW_CONSUMERS
                .matcher(server.getInternal("/metrics").body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    /// What goes on beside the flood.
    private interface Doing {
        void now() throws Exception;
    }

    private static Future<?> run(ExecutorService threads, Doing doing) {
        return threads.submit(
                () -> {
                    doing.now();
                    return true;
                });
    }
}
