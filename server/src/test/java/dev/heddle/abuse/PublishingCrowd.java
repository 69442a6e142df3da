package dev.heddle.abuse;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Many clients that publish one long message each, all at the same moment, and read until all that
/// is for them has come. Nobody of them does harm.
final class PublishingCrowd {
    /// Their channels.
    static final String RULE = "own:* publish=subscribers";

    private static final int AT_ONCE = 200;
    private static final Duration PATIENCE = Patience.BOUND;

    private final int port;
    private final int clients;
    private final String filler;
    private final Semaphore opening = new Semaphore(AT_ONCE);
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger received = new AtomicInteger();
    private final Map<Integer, Integer> closed = new ConcurrentSkipListMap<>();
    private final Latencies latencies = new Latencies("until all has come");

    /// How they publish.
    enum Way {
        /// Each in a channel of its own on `/acc`, which it alone has subscribed to.
        CHANNEL,
        /// On `/ws`, where each gets the message of each.
        BROADCAST
    }

    /// @param bytes of each message
    PublishingCrowd(int port, int clients, int bytes) {
        this.port = port;
        this.clients = clients;
        this.filler = "x".repeat(bytes);
        this.ready = new CountDownLatch(clients);
    }

    /// Lets all of them publish; blocks until each has got what is for it, or was closed.
    void publish(Way way) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                all.add(
                        threads.submit(
                                () -> {
                                    play(way, number);
                                    return null;
                                }));
            }
            ready.await();
            go.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    /// How many messages have come, in all.
    int received() {
        return received.get();
    }

    /// How many of them the server closed, by code.
    Map<Integer, Integer> closed() {
        return closed;
    }

    /// What it took, for people to read.
    @Override
    public String toString() {
        return "%d clients: %d messages came, closed by the server: %s, %s"
                .formatted(clients, received.get(), closed, latencies);
    }

    private void play(Way way, int number) throws Exception {
        opening.acquire();
        RawClient client;
        try {
            client = way == Way.CHANNEL ? inChannel(number) : RawClient.open(port, "/ws");
        } finally {
            opening.release();
            ready.countDown();
        }
        try (client) {
            client.readWithin(PATIENCE);
            RawFrame message = way == Way.CHANNEL ? publication(number) : RawFrame.text(filler);
            int awaited = way == Way.CHANNEL ? 1 : clients;
            go.await();
            Lock sending = new ReentrantLock(); // whoever sends sends a frame to its end
            latencies.time(
                    () -> {
                        Thread.startVirtualThread(() -> publish(client, message, sending));
                        return read(client, awaited, sending);
                    });
        }
    }

    /// Beside the reading: others' messages come while this one waits for its turn.
    private static void publish(RawClient client, RawFrame message, Lock sending) {
        try {
            send(client, message, sending);
        } catch (IOException ended) {
            System.out.println("a message was not sent to its end: " + ended);
        }
    }

    private static void send(RawClient client, RawFrame frame, Lock sending) throws IOException {
        sending.lock();
        try {
            client.send(frame);
        } finally {
            sending.unlock();
        }
    }

    private RawClient inChannel(int number) throws IOException {
        RawClient client = RawClient.open(port, "/acc");
        client.send(
                command("login", "{\"userID\":\"user %d\"}".formatted(number)),
                command("subscribe", "{\"channel\":\"own:%d\"}".formatted(number)));
        for (int i = 0; i < 2; i++) {
            RawFrame reply = client.readFrame();
            if (!reply.text().contains("\"code\":200")) {
                throw client.failure("refused");
            }
        }
        return client;
    }

    private RawFrame publication(int number) {
        return command(
                "publish", "{\"channel\":\"own:%d\",\"data\":\"%s\"}".formatted(number, filler));
    }

    private static RawFrame command(String name, String data) {
        return RawFrame.text("{\"seq\":\"1\",\"cmd\":\"%s\",\"data\":%s}".formatted(name, data));
    }

    /// @return whether so many messages have come
    private boolean read(RawClient client, int awaited, Lock sending) throws IOException {
        for (int left = awaited; left > 0; ) {
            RawFrame frame = client.readFrame();
            if (frame.opcode() == RawFrame.CLOSE) {
                closed.merge(frame.closeCode(), 1, Integer::sum);
                return false;
            }
            if (frame.opcode() == RawFrame.PING) {
                send(client, RawFrame.of(RawFrame.PONG, frame.payload()), sending);
            } else if (frame.payload().length >= filler.length()) {
                received.incrementAndGet();
                left--;
            }
        }
        return true;
    }

    /// Does it to any server with [#RULE]: `PORT CLIENTS BYTES CHANNEL|BROADCAST`.
    public static void main(String... args) throws Exception {
        PublishingCrowd crowd =
                new PublishingCrowd(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]));
        crowd.publish(Way.valueOf(args[3]));
        System.out.println(crowd);
    }
}
