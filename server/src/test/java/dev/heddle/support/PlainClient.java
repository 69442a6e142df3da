package dev.heddle.support;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// A client that knows nothing about names: the JDK's own. Closing it says goodbye.
public final class PlainClient implements AutoCloseable, WebSocket.Listener {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    /// Connects to `/ws` at a port of this machine; blocks until the connection is open.
    public PlainClient(int port) {
        this(port, "/ws");
    }

    /// Connects to a path at a port of this machine; blocks until the connection is open.
    public PlainClient(int port, String path) {
        URI uri = URI.create("ws://127.0.0.1:" + port + path);
        socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    public void send(String message) {
        socket.sendText(message, true).join();
    }

    public void send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    /// The text messages that have come so far, in their order.
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        text.append(part);
        if (isLast) {
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        http.close();
    }
}
