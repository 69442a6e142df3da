package dev.heddle.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Metrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

class InternalServerTest {
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private InternalServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new InternalServer(any, new Metrics(new Counters()), ready::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpAnswer ask(String method, String target) throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            String line = method + " " + target + " HTTP/1.1";
            client.send(RawClient.request(line, List.of("Host: " + client.host())));
            return client.readAnswer(method);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /livez, 200",
        "HEAD, /livez, 200",
        "GET, /readyz, 200",
        "GET, /metrics, 200",
        "HEAD, /metrics, 200",
        "GET, /livez?verbose, 200",
        "POST, /livez, 405",
        "DELETE, /metrics, 405",
        "GET, /, 404",
        "GET, /livez/more, 404",
        "GET, /livezmore, 404",
        "GET, /metric, 404",
        "POST, /other, 405",
    })
    void answers(String method, String target, int status) throws IOException {
        HttpAnswer answer = ask(method, target);
        assertEquals(status, answer.status());
        assertEquals(status == 405 ? "GET, HEAD" : "", answer.header("Allow"));
    }

    @Test
    void isNotReadyButAliveWhenNoNewConnectionsAreTaken() throws IOException {
        ready.set(false);
        HttpAnswer readiness = ask("GET", "/readyz");
        assertEquals(503, readiness.status());
        assertEquals("draining\n", readiness.body());
        assertEquals("alive\n", ask("GET", "/livez").body());
    }

    @Test
    void servesTheMetricsAsPrometheusReadsThem() throws IOException {
        HttpAnswer answer = ask("GET", "/metrics");
        assertTrue(answer.header("Content-Type").startsWith("text/plain; version=0.0.4"));
        assertTrue(answer.body().contains("\nheddle_connections_accepted_total 0.0\n"));
        assertTrue(answer.body().endsWith("\n"));
    }

    @Test
    void closingItFreesThePortAndDoesNotWaitForARequestThatNeverEnds() throws IOException {
        int port = server.port();
        try (RawClient client = RawClient.connect(port)) {
            client.send("GET /livez HT".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            server.close();
        }
        assertThrows(ConnectException.class, () -> RawClient.connect(port));
    }
}
