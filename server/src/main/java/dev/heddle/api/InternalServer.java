package dev.heddle.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.heddle.telemetry.Metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// `/livez`, `/readyz` and `/metrics` on the internal port.
///
/// Alive is whoever answers; ready is who takes new connections, so a draining server is alive and
/// not ready.
public final class InternalServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// Binds the port and serves.
    ///
    /// @param ready whether new connections are taken
    public InternalServer(InetSocketAddress address, Metrics metrics, BooleanSupplier ready)
            throws IOException {
        server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext(
                "/livez", exchange -> serve(exchange, "/livez", 200, PLAIN, text("alive")));
        server.createContext(
                "/readyz",
                exchange -> {
                    boolean yes = ready.getAsBoolean();
                    byte[] body = text(yes ? "ready" : "draining");
                    serve(exchange, "/readyz", yes ? 200 : 503, PLAIN, body);
                });
        server.createContext(
                "/metrics",
                exchange -> {
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    metrics.writeTo(body);
                    serve(exchange, "/metrics", 200, metrics.contentType(), body.toByteArray());
                });
        server.createContext("/", exchange -> serve(exchange, "", 404, PLAIN, text("not found")));
        server.start();
    }

    /// The port that it is bound to.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Stops at once.
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /// Answers `GET` and `HEAD` of exactly this path; a context also gets what lies below its path.
    private static void serve(
            HttpExchange exchange, String path, int status, String contentType, byte[] body)
            throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!path.isEmpty() && !exchange.getRequestURI().getPath().equals(path)) {
                send(exchange, 404, PLAIN, text("not found"));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, PLAIN, text("method not allowed"));
            } else {
                send(exchange, status, contentType, body);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body)
            throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] text(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
