package dev.heddle.pages;

import dev.heddle.support.Crew;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Many who listen on `/ws`, one of whom speaks all the time.
final class Audience implements AutoCloseable {
    private static final int PAUSE_MILLIS = 50;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<WebSocket> listeners;
    private final Crew crew = new Crew();

    /// Connects to a port of this machine; blocks until all are connected.
    Audience(int port, int listeners) {
        URI uri = URI.create("ws://127.0.0.1:" + port + "/ws");
        List<CompletableFuture<WebSocket>> opening = new ArrayList<>();
        for (int i = 0; i < listeners; i++) {
            opening.add(http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}));
        }
        this.listeners = opening.stream().map(CompletableFuture::join).toList();
        crew.start(this::speak);
    }

    /// At most so many messages are sent.
    double sentPerSecond() {
        return 1_000.0 / PAUSE_MILLIS;
    }

    @Override
    public void close() {
        crew.close();
        listeners.forEach(WebSocket::abort);
        http.shutdownNow();
        http.close();
    }

    private void speak() throws InterruptedException {
        while (true) {
            listeners.getFirst().sendText("x".repeat(100), true).join();
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
