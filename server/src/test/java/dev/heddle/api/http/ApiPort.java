package dev.heddle.api.http;

import dev.heddle.config.ApiSettings;
import dev.heddle.config.Secret;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.telemetry.Counters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An internal port with routes of the test's own.
public final class ApiPort implements AutoCloseable {
    static final int MAX_BODY_BYTES = 2_000;

    final Counters counters = new Counters();
    private final InternalServer server;

    public ApiPort(String key, List<String> origins, List<Route> routes) throws IOException {
        this(key, origins, routes, 256);
    }

    ApiPort(String key, List<String> origins, List<Route> routes, int maxConnections)
            throws IOException {
        this.server =
                new InternalServer(
                        new InternalServer.Door(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty()),
                        new ApiSettings(
                                new Secret(key), origins, maxConnections, MAX_BODY_BYTES, 100),
                        counters,
                        routes);
    }

    public int port() {
        return server.port();
    }

    public HttpAnswer ask(String method, String target, List<String> headers) throws IOException {
        return new ApiClient(port()).ask(method, target, headers);
    }

    public HttpAnswer ask(String method, String target, String contentType, String body)
            throws IOException {
        return new ApiClient(port()).ask(method, target, contentType, body);
    }

    void close(Duration bound) {
        server.close(bound);
    }

    @Override
    public void close() {
        server.close();
    }
}
