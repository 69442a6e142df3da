package dev.heddle.api.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.api.http.ApiPort;
import dev.heddle.support.HttpAnswer;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Metrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

class OperationsRoutesTest {
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private ApiPort port;

    @BeforeEach
    void start() throws IOException {
        OperationsRoutes routes =
                new OperationsRoutes(
                        new Metrics(new Counters()),
                        () -> ready.get() ? Optional.empty() : Optional.of("draining"));
        port = new ApiPort("", List.of(), routes.routes());
    }

    @AfterEach
    void stop() {
        port.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /livez, 200",
        "HEAD, /livez, 200",
        "GET, /readyz, 200",
        "GET, /metrics, 200",
        "HEAD, /metrics, 200",
        "POST, /livez, 405",
        "DELETE, /metrics, 405",
    })
    void answers(String method, String target, int status) throws IOException {
        assertEquals(status, port.ask(method, target, List.of()).status());
    }

    @Test
    void isNotReadyButAliveWhenNoNewConnectionsAreTaken() throws IOException {
        ready.set(false);
        HttpAnswer readiness = port.ask("GET", "/readyz", List.of());
        assertEquals(503, readiness.status());
        assertEquals("draining\n", readiness.body());
        assertEquals("alive\n", port.ask("GET", "/livez", List.of()).body());
    }

    @Test
    void servesTheMetricsAsPrometheusReadsThem() throws IOException {
        HttpAnswer answer = port.ask("GET", "/metrics", List.of());
        assertTrue(answer.header("Content-Type").startsWith("text/plain; version=0.0.4"));
        assertTrue(answer.body().contains("\nheddle_connections_accepted_total 0.0\n"));
        assertTrue(answer.body().endsWith("\n"));
    }
}
