package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.frame.CloseCode;
import dev.heddle.handshake.Rejection;
import dev.heddle.http.BadRequest;
import dev.heddle.recording.BackgroundRecording;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has not happened yet is 0, and not missing: `increase()` sees nothing in a counter that
/// begins with 1.
class LabelsTest {
    /// All that the code has a constant for.
    private static List<String> labels() throws IllegalAccessException {
        List<String> labels = new ArrayList<>();
        CloseCode.labelled().forEach(code -> labels.add("connections_closed_total{code=" + code));
        for (Rejection each : Rejection.values()) {
            labels.add("handshakes_rejected_total{reason=" + each.reason());
        }
        for (Field rule : BadRequest.class.getFields()) {
            BadRequest bad = (BadRequest) rule.get(null);
            labels.add("handshakes_rejected_total{reason=" + bad.reason());
            labels.add("api_answers_total{status=" + bad.status().code());
        }
        return labels;
    }

    @Test
    void everyKnownLabelIsThereBeforeAnythingHasHappened() throws Exception {
        Settings settings =
                TestServer.configured(
                        Map.of("HEDDLE_TOKEN_SECRET", "0123456789abcdef0123456789abcdef"));
        Optional<BackgroundRecording> ring = BackgroundRecording.start(settings.jfr());
        try (Heddle server = Heddle.start(settings, ring)) {
            URI uri = URI.create("http://127.0.0.1:" + server.internalPort() + "/metrics");
            String metrics =
                    HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body();
            List<String> labels = labels();
            labels.addAll(
                    List.of(
                            "accept_pauses_total{reason=descriptors",
                            "accept_pauses_total{reason=heads",
                            "accept_pauses_total{reason=hub",
                            "accept_pauses_total{reason=scheduler",
                            "api_answers_total{status=200",
                            "api_answers_total{status=204",
                            "api_answers_total{status=404",
                            "api_answers_total{status=429",
                            "api_answers_total{status=503",
                            "connections_closed_total{code=3xxx",
                            "connections_closed_total{code=4xxx",
                            "handshakes_rejected_total{reason=host not allowed",
                            "handshakes_rejected_total{reason=too many connections",
                            "handshakes_rejected_total{reason=too many to be told",
                            "incidents_total{reason=slow consumers",
                            "incidents_total{reason=hub queue full",
                            "incidents_total{reason=long GC pause",
                            "incidents_total{reason=deadlock",
                            "tokens_refused_total{reason=expired"));
            String all = metrics.replace("\"", "");
            assertAll(
                    labels.stream()
                            .map(
                                    label ->
                                            () ->
                                                    assertTrue(
                                                            all.contains(
                                                                    "heddle_" + label + "} 0.0\n"),
                                                            label)));
        } finally {
            ring.ifPresent(BackgroundRecording::close);
        }
    }
}
