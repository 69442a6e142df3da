package dev.heddle.clients;

import dev.heddle.support.TestCertificate;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.internal.ws.RealWebSocket;

import okio.ByteString;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// OkHttp's WebSocket. It has no fragments, and pings at an interval by itself: then it fails a
/// connection whose last ping has no pong.
final class OkHttpConversation extends Conversation {
    private static final int PATIENCE_SECONDS = 20;
    private static final Duration PING_INTERVAL = Duration.ofSeconds(1);

    private final OkHttpClient client;
    private final CompletableFuture<String> subprotocol = new CompletableFuture<>();
    private final RealWebSocket socket;

    /// @param variables of which `SSL_CERT_FILE` names the certificate that it trusts, if any
    OkHttpConversation(URI uri, List<String> subprotocols, Map<String, String> variables)
            throws IOException, GeneralSecurityException {
        OkHttpClient.Builder builder = new OkHttpClient.Builder().pingInterval(PING_INTERVAL);
        String trusted = variables.get("SSL_CERT_FILE");
        client = trusted == null ? builder.build() : trusting(builder, Path.of(trusted));
        Request.Builder request = new Request.Builder().url(uri.toString());
        if (!subprotocols.isEmpty()) {
            request.header("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
        }
        socket = (RealWebSocket) client.newWebSocket(request.build(), new Listener());
    }

    private static OkHttpClient trusting(OkHttpClient.Builder builder, Path certificate)
            throws IOException, GeneralSecurityException {
        TrustManager[] trust = TestCertificate.trust(Files.readString(certificate));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        X509TrustManager first = (X509TrustManager) trust[0];
        return builder.sslSocketFactory(context.getSocketFactory(), first).build();
    }

    @Override
    String subprotocol() {
        return subprotocol.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    void sendText(List<String> parts) {
        socket.send(String.join("", parts));
    }

    @Override
    void sendBinary(List<byte[]> parts) {
        parts.forEach(part -> socket.send(ByteString.of(part)));
    }

    @Override
    void sendPing(ByteBuffer payload) {
        throw new UnsupportedOperationException("OkHttp sends its pings itself");
    }

    @Override
    void pingAndAwaitPong() {
        int before = socket.receivedPongCount();
        Awaitility.await("pongs")
                .pollInSameThread()
                .until(() -> socket.receivedPongCount() > before);
    }

    @Override
    void sendClose(int code, String reason) {
        socket.close(code, reason);
    }

    @Override
    public void close() {
        socket.cancel();
        client.dispatcher().executorService().shutdownNow();
        client.connectionPool().evictAll();
    }

    private final class Listener extends WebSocketListener {
        @Override
        public void onOpen(WebSocket from, Response response) {
            subprotocol.complete(
                    Objects.requireNonNullElse(response.header("Sec-WebSocket-Protocol"), ""));
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            happened(new Event.Text(text));
        }

        @Override
        public void onMessage(WebSocket from, ByteString bytes) {
            happened(new Event.Binary(bytes.asByteBuffer()));
        }

        @Override
        public void onClosing(WebSocket from, int code, String reason) {
            from.close(code, null);
        }

        @Override
        public void onClosed(WebSocket from, int code, String reason) {
            happened(new Event.Closed(code, reason));
        }

        @Override
        public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
            happened(new Event.Failed(failure.toString()));
        }
    }
}
