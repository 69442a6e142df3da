package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.recording.Ring;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has not happened yet is 0, and not missing: `increase()` sees nothing in a counter that
/// begins with 1.
class LabelsTest {
    @Test
    void everyKnownLabelIsThereBeforeAnythingHasHappened() throws Exception {
        Settings settings =
                TestServer.configured(
                        Map.of("HEDDLE_TOKEN_SECRET", "0123456789abcdef0123456789abcdef"));
        Optional<Ring> ring = Ring.start(settings.jfr());
        try (Heddle server = Heddle.start(settings, ring)) {
            URI uri = URI.create("http://127.0.0.1:" + server.internalPort() + "/metrics");
            String metrics =
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body();
            for (String label :
                    List.of(
                            "accept_pauses_total{reason=\"descriptors\"}",
                            "accept_pauses_total{reason=\"scheduler\"}",
                            "api_answers_total{status=\"503\"}",
                            "api_answers_total{status=\"429\"}",
                            "connections_closed_total{code=\"1006\"}",
                            "connections_closed_total{code=\"4500\"}",
                            "handshakes_rejected_total{reason=\"origin not allowed\"}",
                            "incidents_total{reason=\"slow consumers\"}",
                            "incidents_total{reason=\"deadlock\"}",
                            "tokens_refused_total{reason=\"expired\"}")) {
                assertTrue(metrics.contains("heddle_" + label + " 0.0\n"), label);
            }
        } finally {
            ring.ifPresent(Ring::close);
        }
    }
}
