package dev.heddle.api;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.heddle.config.ApiSettings;
import dev.heddle.telemetry.Counters;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// The internal port: lets callers in, finds the route of each request and sends its answer.
///
/// What keeps slow or numerous peers from holding it up are the JDK server's own limits, which it
/// reads from system properties, once for the whole process ([#LIMITS]). A property that the
/// operator has set stays.
public final class InternalServer implements AutoCloseable {
    private static final Map<String, String> LIMITS =
            Map.of(
                    // Seconds from a request's first byte to its body's last, then the end.
                    "sun.net.httpserver.maxReqTime", "10",
                    // Seconds from there until the answer is written, or a stream begins anew.
                    "sun.net.httpserver.maxRspTime", "600",
                    // Seconds between two requests, and before the first.
                    "sun.net.httpserver.idleInterval", "30",
                    "sun.net.httpserver.maxReqHeaders", "100",
                    "sun.net.httpserver.maxReqHeaderSize", "16384",
                    // Of a body that is refused: ending the connection before the peer has sent it
                    // would reset it, and the peer might miss the answer.
                    "sun.net.httpserver.drainAmount", "1048576",
                    // Or the body of an answer waits up to 40 ms for the peer's ACK of its head.
                    "sun.net.httpserver.nodelay", "true");

    /// Beyond this many, connections are closed as they come.
    private static final String MAX_CONNECTIONS = "jdk.httpserver.maxConnections";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Router router;
    private final Access access;
    private final int maxBodyBytes;
    private final Counters counters;

    /// Binds the port and serves health, metrics, gowebsocket's routes and `/api/v1`.
    ///
    /// @throws IOException when the port cannot be bound
    public InternalServer(
            InetSocketAddress address, ApiSettings settings, Counters counters, ApiContext context)
            throws IOException {
        this(address, settings, counters, routes(settings, context));
    }

    InternalServer(
            InetSocketAddress address, ApiSettings settings, Counters counters, List<Route> routes)
            throws IOException {
        this.router = new Router(routes);
        this.access = new Access(settings);
        this.maxBodyBytes = settings.maxBodyBytes();
        this.counters = counters;
        limit(settings.maxConnections());
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    private static void limit(int maxConnections) {
        LIMITS.forEach(InternalServer::limit);
        limit(MAX_CONNECTIONS, Integer.toString(maxConnections));
    }

    private static void limit(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /// Everything that there is.
    static List<Route> routes(ApiSettings settings, ApiContext context) {
        MessageIds ids = new MessageIds(settings.maxMessageIds());
        Sending sending = new Sending(ids, context.maxTextBytes());
        return Stream.of(
                        new OperationsRoutes(context.metrics(), context.readiness()).routes(),
                        new DebugRoutes(context).routes(),
                        new RecordingRoutes(context.recorder()).routes(),
                        new GowebsocketRoutes(context, ids).routes(),
                        DashboardRoutes.routes(),
                        new ServerRoutes(context, sending).routes(),
                        new UserRoutes(context, sending).routes(),
                        new RoomRoutes(context, sending).routes(),
                        new ConnectionRoutes(context, sending).routes(),
                        new ChannelRoutes(context).routes())
                .flatMap(List::stream)
                .map(route -> route.whileNotDraining(context.readiness()))
                .toList();
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

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            access.share(exchange.getRequestHeaders(), exchange.getResponseHeaders());
            counters.apiAnswered(answer.status());
            answer.send(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            return route(exchange);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
            return new Refusal(ProblemType.BUG, "it is counted and logged").answer();
        }
    }

    private Answer route(HttpExchange exchange) throws Refusal, IOException {
        Headers request = exchange.getRequestHeaders();
        String method = exchange.getRequestMethod();
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        if (Access.isPreflight(method, request)) {
            return access.preflight(request);
        }
        if (!router.isOpen(path)) {
            access.require(request);
        }
        Router.Found found = router.find(method, path);
        return found.route().handler().answer(new Call(exchange, found.variables(), maxBodyBytes));
    }
}
