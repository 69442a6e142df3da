package dev.heddle.ops;

import dev.heddle.Heddle;
import dev.heddle.telemetry.Counters;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/// What `/metrics` shows.
final class LiveMetrics {
    private LiveMetrics() {}

    /// Of this server, with a value of each metric that has labels: the others are not shown.
    static String of(Heddle server) throws IOException, InterruptedException {
        Counters counters = server.counters();
        counters.acceptPaused("hub");
        counters.acceptPaused("descriptors");
        counters.apiAnswered(200);
        counters.closed(1000, false);
        counters.handshakeRejected("some reason");
        counters.incident("some reason");
        counters.tokenRefused("some reason");
        URI uri = URI.create("http://127.0.0.1:" + server.internalPort() + "/metrics");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        }
    }
}
