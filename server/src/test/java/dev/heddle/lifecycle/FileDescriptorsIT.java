package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server that has run out of file descriptors waits for some, calmly.
class FileDescriptorsIT {
    private static final int ATTEMPTS = 2_000;
    private static final String PAUSED = "heddle_accept_pauses_total{reason=\"descriptors\"}";
    private static final Duration WATCHED = Duration.ofSeconds(3);

    @Test
    void survivesMoreConnectionsThanDescriptorsAndServesAgain() throws Exception {
        try (ServerProcess server = new ServerProcess("ulimit -n 256;", "--diagnostics")) {
            List<RawClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < ATTEMPTS; i++) {
                    clients.add(RawClient.connect(server.port()));
                }
                await("descriptors run out").until(() -> server.log().contains("descriptors"));

                Duration before = cpu(server);
                long until = System.nanoTime() + WATCHED.toNanos();
                await().until(() -> System.nanoTime() > until);
                Duration used = cpu(server).minus(before);

                HttpResponse<String> ready = server.getInternal("/readyz");
                assertEquals(503, ready.statusCode());
                assertEquals("all file descriptors for connections are in use\n", ready.body());
                assertEquals(200, server.getInternal("/livez").statusCode());
                assertTrue(server.getInternal("/metrics").body().contains(PAUSED), "pauses");
                assertTrue(used.compareTo(WATCHED.dividedBy(4)) < 0, () -> "CPU: " + used);
                assertTrue(server.log().lines().count() < 20, server::log);
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
            await().atMost(Patience.BOUND)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> RawClient.open(server.port(), "/echo").close());
            assertEquals(200, server.get("/").statusCode());
            server.signal("TERM");
            assertEquals(0, server.awaitEnd(60));
        }
    }

    private static Duration cpu(ServerProcess server) {
        return server.process().info().totalCpuDuration().orElseThrow();
    }
}
