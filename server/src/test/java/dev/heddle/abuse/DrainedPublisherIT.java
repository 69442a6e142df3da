package dev.heddle.abuse;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.AccClient;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// Backends go on sending while the server stops, and somebody who does not answer its goodbye
/// keeps it from ending: what is answered with 200 has been delivered.
class DrainedPublisherIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 50;
    private static final String DATA = "{\"data\":{\"n\":1}}";
    private static final String TEXT = "{\"text\":\"x\"}";

    /// What the draining server said of a path: those it took, and whether it refused as it should.
    private record Said(int taken, int refused) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Latencies answers = new Latencies("an answer, 200 or 503,");
    private final Latencies health = new Latencies("/livez");

    @Test
    void whatIsAnsweredWith200HasBeenDelivered() throws Exception {
        try (ServerProcess server =
                        new ServerProcess(
                                "",
                                "--set deadlines.drain=4s",
                                "--set deadlines.close=60s",
                                "--set channels.rules='news,empty'");
                RawClient silent = RawClient.open(server.port(), "/ws");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AccClient ann = AccClient.login(server.port(), 101, "ann");
            RawClient subscriber = ann.line().readWithin(PATIENCE);
            ann.request("subscribe", "{\"channel\":\"news\"}");
            assertTrue(ann.next().contains("\"code\":200"));
            AtomicBoolean isStopping = new AtomicBoolean();
            Future<Integer> seen = threads.submit(() -> publications(subscriber));
            Future<Said> channel =
                    threads.submit(post(server, "channels/news/publications", DATA, isStopping));
            Future<Said> nobody =
                    threads.submit(post(server, "channels/empty/publications", DATA, isStopping));
            Future<Said> user =
                    threads.submit(post(server, "users/ann/messages", TEXT, isStopping));
            Future<Said> all = threads.submit(post(server, "broadcast", TEXT, isStopping));
            Future<Integer> healthy = threads.submit(lookAtHealth(server, isStopping));
            await().atMost(PATIENCE).until(() -> sent(server) > ENOUGH);
            server.signal("TERM");
            isStopping.set(true);
            assertEquals(0, server.awaitEnd(60));
            int delivered = seen.get();
            int answered = channel.get().taken() + user.get().taken() + all.get().taken();
            assertTrue(delivered >= answered, delivered + " of " + answered);
            for (Future<Said> each : List.of(channel, nobody, user, all)) {
                assertTrue(each.get().refused() > 0, each.get()::toString);
            }
            assertTrue(healthy.get() > 0);
            System.out.printf("%d delivered: %s, %s%n", delivered, answers, health);
            assertTrue(silent.conversation().length() > 0);
        }
    }

    private static long sent(ServerProcess server) throws Exception {
        return server.getInternal("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("heddle_messages_sent_total "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(" "))))
                .sum();
    }

    /// What a subscriber gets until the server says goodbye, but for replies and announcements.
    private static int publications(RawClient subscriber) throws IOException {
        try (subscriber) {
            int count = 0;
            while (true) {
                RawFrame frame = subscriber.readFrame();
                if (frame.opcode() == RawFrame.CLOSE) {
                    assertEquals(1001, frame.closeCode());
                    subscriber.send(RawFrame.close(1001, ""));
                    return count;
                }
                count++;
            }
        }
    }

    /// Asks until the process has ended; while there is an answer, it is that it lives.
    private Callable<Integer> lookAtHealth(ServerProcess server, AtomicBoolean isStopping) {
        URI uri = URI.create("http://127.0.0.1:" + server.internalPort() + "/livez");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        return () -> {
            try {
                while (true) {
                    int status =
                            health.time(() -> http.send(request, BodyHandlers.discarding()))
                                    .statusCode();
                    assertEquals(200, status);
                }
            } catch (IOException ended) {
                assertTrue(isStopping.get(), ended::toString);
                return health.count();
            }
        };
    }

    /// Posts until the process has ended.
    private Callable<Said> post(
            ServerProcess server, String path, String body, AtomicBoolean isStopping) {
        URI uri = URI.create("http://127.0.0.1:" + server.internalPort() + "/api/v1/" + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return () -> {
            int taken = 0;
            int refused = 0;
            try {
                while (true) {
                    HttpResponse<String> answer =
                            answers.time(() -> http.send(request, BodyHandlers.ofString()));
                    if (answer.statusCode() == 200) {
                        taken++;
                    } else {
                        assertEquals(503, answer.statusCode(), path + answer.body());
                        assertTrue(answer.headers().firstValue("Retry-After").isPresent(), path);
                        refused++;
                    }
                }
            } catch (IOException ended) {
                assertTrue(isStopping.get(), path + ended);
                return new Said(taken, refused);
            }
        };
    }
}
