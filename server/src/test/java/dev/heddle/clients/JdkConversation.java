package dev.heddle.clients;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The WebSocket of the JDK's `HttpClient`.
final class JdkConversation extends Conversation implements WebSocket.Listener {
    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    JdkConversation(URI uri, List<String> subprotocols) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (!subprotocols.isEmpty()) {
            String[] others = subprotocols.stream().skip(1).toArray(String[]::new);
            builder.subprotocols(subprotocols.getFirst(), others);
        }
        socket = builder.buildAsync(uri, this).join();
    }

    @Override
    String subprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    void sendText(List<String> parts) throws Exception {
        for (int i = 0; i < parts.size(); i++) {
            await(socket.sendText(parts.get(i), i == parts.size() - 1));
        }
    }

    @Override
    void sendBinary(List<byte[]> parts) throws Exception {
        for (int i = 0; i < parts.size(); i++) {
            await(socket.sendBinary(ByteBuffer.wrap(parts.get(i)), i == parts.size() - 1));
        }
    }

    @Override
    void sendPing(ByteBuffer payload) throws Exception {
        await(socket.sendPing(payload));
    }

    @Override
    void sendClose(int code, String reason) throws Exception {
        await(socket.sendClose(code, reason));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            happened(new Event.Text(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            happened(new Event.Binary(ByteBuffer.wrap(binary.toByteArray())));
            binary.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
        happened(new Event.Pong(copy));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        happened(new Event.Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        happened(new Event.Failed(error.toString()));
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
        client.close();
    }

    private static void await(CompletableFuture<WebSocket> sent) throws Exception {
        sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
