package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Peers that stop reading are nobody else's delay: neither new ones again and again, nor one that
/// stalls, drains and stalls again.
///
/// Each run begins without them, and goes on with them. [#main] does the same for as long as one
/// likes.
@Timeout(240)
class StallersIT {
    /// What a staller's buffers and outbox hold is little, so that each is in the way at once.
    private static final String SETTINGS =
            "--set ws.outbox-messages=16 --set sending.buffer-bytes=4KiB"
                    + " --set ws.messages-per-second=0 --set ws.bytes-per-second=0";

    private static final int MESSAGE_BYTES = 2 << 10;
    private static final int RECEIVE_BUFFER = 4 << 10;

    /// What a busy machine adds by itself. Where stallers were waited for, each cost 500 ms.
    private static final double NOISE_MILLIS = 250;

    /// How it goes.
    ///
    /// @param honest receivers
    /// @param rate messages in a second
    /// @param stallers new ones in a second
    /// @param seconds each half
    private record Run(int honest, int rate, int stallers, int seconds) {}

    private final List<RawClient> stalled = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @ParameterizedTest
    @CsvSource({"200, 20, 1", "50, 200, 2", "20, 800, 4"})
    void areNotWaitedFor(int honest, int rate, int stallers) throws Exception {
        measure(new Run(honest, rate, stallers, 6));
    }

    /// Takes the number of receivers, messages and new stallers in a second, and the seconds.
    static void main(String[] args) throws Exception {
        int[] numbers = List.of(args).stream().mapToInt(Integer::parseInt).toArray();
        new StallersIT().measure(new Run(numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    private void measure(Run run) throws Exception {
        Latencies quiet = new Latencies("without");
        Latencies amid = new Latencies("with stallers");
        int messages = run.rate * run.seconds;
        try (ServerProcess server = new ServerProcess("", SETTINGS);
                Crew crew = new Crew()) {
            for (int i = 0; i < run.honest; i++) {
                RawClient client = RawClient.open(server.port(), "/ws").readWithin(Patience.BOUND);
                crew.start(() -> listen(client, messages, quiet, amid));
            }
            double quietRate = publish(server, run, messages);
            crew.start(() -> stall(server.port(), run));
            crew.start(() -> stallAndDrain(server.port()));
            double rate = publish(server, run, messages);
            over.set(true);
            crew.join(Patience.BOUND);
            System.out.printf(
                    "%s: %s, %.0f/s; %s, %.0f/s; %d stallers%n",
                    run, quiet, quietRate, amid, rate, stalled.size());
            assertTrue(amid.p99Millis() <= 1.5 * quiet.p99Millis() + NOISE_MILLIS);
            assertTrue(rate > 0.9 * quietRate, () -> rate + "/s instead of " + quietRate);
        } finally {
            over.set(true);
            for (RawClient client : stalled) {
                client.abort();
            }
        }
    }

    /// Publishes at the run's rate; each message begins with the time.
    ///
    /// @return messages in a second
    private static double publish(ServerProcess server, Run run, int messages) throws Exception {
        long began = System.nanoTime();
        try (RawClient publisher = RawClient.open(server.port(), "/ws");
                Crew crew = new Crew()) {
            crew.start(() -> readToGoodbye(publisher));
            for (int i = 0; i < messages; i++) {
                long due = began + i * TimeUnit.SECONDS.toNanos(1) / run.rate;
                LockSupport.parkNanos(due - System.nanoTime());
                ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES).putLong(System.nanoTime());
                publisher.send(RawFrame.binary(message.array()));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            publisher.send(RawFrame.close(1000, ""));
            crew.join(Patience.BOUND);
            return messages / seconds;
        }
    }

    /// The publisher is a receiver too, and as honest as any.
    private static void readToGoodbye(RawClient publisher) throws IOException {
        RawFrame frame = publisher.readFrame();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = publisher.readFrame();
        }
        assertEquals(1000, frame.closeCode(), frame::toString);
    }

    private static void listen(RawClient client, int messages, Latencies quiet, Latencies amid)
            throws IOException {
        try (client) {
            for (int i = 0; i < 2 * messages; ) {
                RawFrame frame = client.readFrame();
                if (frame.opcode() == RawFrame.BINARY) {
                    long sent = ByteBuffer.wrap(frame.payload()).getLong();
                    (i < messages ? quiet : amid).add(System.nanoTime() - sent);
                    i++;
                } else {
                    assertEquals(RawFrame.PING, frame.opcode());
                    client.send(RawFrame.of(RawFrame.PONG, frame.payload()));
                }
            }
        }
    }

    /// One after the other connects and reads nothing.
    private void stall(int port, Run run) throws IOException {
        while (!over.get()) {
            RawClient staller = RawClient.connect(port, RECEIVE_BUFFER);
            stalled.add(staller);
            staller.upgrade("/ws");
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / run.stallers);
        }
    }

    /// Reads nothing for a while, and then all there is, and never long enough to be sent away.
    private void stallAndDrain(int port) throws IOException {
        try (RawClient staller = RawClient.connect(port, RECEIVE_BUFFER)) {
            staller.upgrade("/ws");
            while (!over.get()) {
                LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
                long until = System.nanoTime() + Duration.ofMillis(200).toNanos();
                while (!over.get() && System.nanoTime() < until) {
                    if (staller.readFrameOrEnd().isEmpty()) {
                        return;
                    }
                }
            }
        }
    }
}
