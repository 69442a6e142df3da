package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;
import dev.heddle.tls.SelfSigned;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.SSLContext;

/// TLS with many clients.
@Tag("alone")
class TlsLoadIT {
    private static final int MANY = 2_000;
    private static final int STORM = 1_000;
    private static final int LISTENERS = 200;
    private static final int BROADCASTS = 20;

    private final TestCertificate certificate = TestCertificate.ofItsOwn();
    private final List<RawClient> clients = new ArrayList<>();
    private Heddle server;

    @BeforeEach
    void start() throws IOException {
        Map<String, String> settings = new HashMap<>(certificate.variables());
        settings.put("HEDDLE_LIMITS_HANDSHAKES", "4000");
        settings.put("HEDDLE_DEADLINES_HEAD", "1h"); // clients in one process take their time
        settings.put("HEDDLE_DEADLINES_PING_INTERVAL", "0s");
        server = Heddle.start(TestServer.configured(settings));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.abort();
        }
        server.close();
        assertEquals(0, server.counters().bugs.sum());
    }

    private RawClient open(SSLContext context) throws IOException {
        RawClient client = RawClient.connect(server.port(), context.getSocketFactory());
        client.upgrade("/ws");
        return client;
    }

    private List<RawClient> open(int count) throws Exception {
        SSLContext context = certificate.client();
        List<RawClient> opened = all(count, () -> open(context));
        clients.addAll(opened);
        return opened;
    }

    /// On platform threads, which take no carriers from the server in this process.
    private static <T> List<T> all(int count, Callable<T> task) throws Exception {
        List<T> results = new ArrayList<>();
        ThreadFactory platform = Thread.ofPlatform().factory();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(platform)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(task));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    @Test
    void aNewCertificateCutsNobody() throws Exception {
        List<RawClient> before = open(MANY);
        SelfSigned next =
                SelfSigned.make(
                        List.of("127.0.0.1"), Instant.now(), Instant.now().plusSeconds(86_400));
        certificate.replaceBy(next);
        Soon.until(
                () ->
                        server.counters()
                                        .tlsReloadsByResult()
                                        .getOrDefault("done", new LongAdder())
                                        .sum()
                                == 1);

        RawClient after = open(TestCertificate.client(next, null));
        clients.add(after);
        after.send(RawFrame.text("still here"));
        for (RawClient client : before) {
            assertEquals("still here", client.readFrame().text());
        }
    }

    /// The first broadcast after the storm has begun is with everybody long before it is over.
    @Test
    void aStormOfHandshakesLeavesTimeForThoseWhoAreConnected() throws Exception {
        List<RawClient> listeners = open(LISTENERS);
        RawClient publisher = listeners.getFirst();
        long handshakes = done();
        Thread storm = Thread.ofPlatform().start(() -> storm());
        Soon.until(() -> done() > handshakes);
        long began = System.nanoTime();
        for (int i = 0; i < BROADCASTS; i++) {
            publisher.send(RawFrame.text("broadcast " + i));
            for (RawClient listener : listeners) {
                assertEquals("broadcast " + i, listener.readFrame().text());
            }
            if (i == 0) {
                long left = handshakes + STORM - done();
                assertTrue(left > STORM / 4, () -> left + " handshakes left");
            }
        }
        System.out.printf(
                "%d broadcasts to %d clients took %d ms beside a storm of %d handshakes%n",
                BROADCASTS,
                LISTENERS,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                STORM);
        storm.join();
        assertEquals(handshakes + STORM, done());
    }

    private long done() {
        return server.counters()
                .tlsHandshakesByResult()
                .getOrDefault("done", new LongAdder())
                .sum();
    }

    private void storm() {
        try {
            open(STORM);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void everybodyIsToldThatTheServerStops() throws Exception {
        List<RawClient> all = open(LISTENERS);
        Thread drain = Thread.ofPlatform().start(server::drain);
        for (RawClient client : all) {
            RawFrame close = client.readFrame();
            assertEquals(1001, close.closeCode());
            client.send(RawFrame.close(1001, ""));
            client.expectEnd();
        }
        drain.join();
    }
}
