package dev.heddle;

import dev.heddle.acc.AccContext;
import dev.heddle.acc.AccEndpoint;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Reply;
import dev.heddle.api.ApiRoutes;
import dev.heddle.api.gowebsocket.Dialect;
import dev.heddle.api.http.InternalServer;
import dev.heddle.api.inside.Insight;
import dev.heddle.auth.KeyFault;
import dev.heddle.auth.RequestLogin;
import dev.heddle.auth.TokenLogin;
import dev.heddle.auth.TokenVerifier;
import dev.heddle.broker.memory.MemoryBroker;
import dev.heddle.buffer.BufferPool;
import dev.heddle.channel.Channels;
import dev.heddle.config.AccSettings;
import dev.heddle.config.ApiSettings;
import dev.heddle.config.Authority;
import dev.heddle.config.CommandRates;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.EndpointSettings;
import dev.heddle.config.Endpoints;
import dev.heddle.config.Limits;
import dev.heddle.config.Profile;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.Settings;
import dev.heddle.control.Control;
import dev.heddle.control.Node;
import dev.heddle.control.People;
import dev.heddle.control.Sender;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.handshake.Origins;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.net.Acceptor;
import dev.heddle.net.Admission;
import dev.heddle.net.Descriptors;
import dev.heddle.net.Inspector;
import dev.heddle.net.Pacing;
import dev.heddle.net.Route;
import dev.heddle.net.Routes;
import dev.heddle.net.ServerContext;
import dev.heddle.net.Timeouts;
import dev.heddle.net.TimingWheel;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Writers;
import dev.heddle.recording.BackgroundRecording;
import dev.heddle.recording.Recorder;
import dev.heddle.session.BroadcastEndpoint;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.session.SessionFactory;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Metrics;
import dev.heddle.telemetry.event.BufferPoolStatistics;
import dev.heddle.telemetry.event.Events;
import dev.heddle.telemetry.event.HubStatistics;
import dev.heddle.user.Connections;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.OpenConnections;
import dev.heddle.user.Rooms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A running server: wires the parts, starts them, drains and stops them.
///
/// **Thread-safe.** [#start] returns once both ports are served.
public final class Heddle implements AutoCloseable {
    private static final int SMALL_BUFFER_BYTES = 4 * 1024;
    private static final int LARGE_BUFFER_BYTES = 16 * 1024;

    /// Buffers are in use for as long as a carrier runs, or a peer keeps a thread waiting half-way.
    private static final int KEPT_BUFFERS =
            Math.max(64, 16 * Runtime.getRuntime().availableProcessors());

    private final Settings settings;
    private final Optional<TokenVerifier> tokens;
    private final Counters counters = new Counters();
    private final BufferPool smallBuffers = new BufferPool(SMALL_BUFFER_BYTES, KEPT_BUFFERS);
    private final BufferPool largeBuffers = new BufferPool(LARGE_BUFFER_BYTES, KEPT_BUFFERS);
    private final Writers writers = new Writers(counters);
    private final TimingWheel wheel = new TimingWheel(counters);
    private final UnfinishedBytes unfinished;
    private final Admission admission;
    private final Standing standing;
    private final Hub hub;
    private final Fanout everyone;
    private final Channels channels;
    private final Rooms rooms;
    private final OpenConnections userConnections = new OpenConnections();
    private final ServerSocket serverSocket;
    private final Acceptor acceptor;
    private final Inspection inspection;
    private final InternalServer internal;
    private final Recorder recorder;
    private final Runnable hubStatistics = this::emitHubStatistics;
    private final Runnable bufferStatistics = this::emitBufferStatistics;

    private Heddle(
            Settings settings,
            List<Mount> mounts,
            Optional<TokenVerifier> tokens,
            Optional<BackgroundRecording> ring)
            throws IOException {
        Limits limits = settings.limits();
        this.settings = settings;
        int tryAgain = settings.sending().tryAgainCode();
        counters.expectClosed(CloseCode.labelled().map(code -> CloseCode.onWire(code, tryAgain)));
        this.tokens = tokens;
        this.unfinished = new UnfinishedBytes(limits.maxUnfinishedBytes());
        Descriptors descriptors = Descriptors.share(settings.internal().api().maxConnections());
        this.admission = new Admission(limits, descriptors.connections());
        this.standing = new Standing(admission);
        this.hub = new Hub(limits.hub().maxMessages(), limits.hub().maxBytes(), counters);
        this.everyone = hub.fanout();
        this.channels =
                new Channels(
                        settings.channels(),
                        new MemoryBroker(settings.channels()),
                        () ->
                                new Hub(
                                        limits.hub().maxMessages(),
                                        limits.hub().maxBytes(),
                                        counters));
        RoomSettings ofRooms = settings.endpoints().acc().rooms();
        this.rooms = new Rooms(ofRooms.ids(), ofRooms.sessions(), channels);
        ServerContext context = context(mounts);
        this.serverSocket =
                bind(
                        settings.server().host(),
                        settings.server().port(),
                        limits.connections().backlog());
        this.acceptor = new Acceptor(serverSocket, context);
        this.inspection = new Inspector(acceptor);
        this.recorder = Recorder.start(ring, settings.jfr(), counters);
        this.internal =
                startInternal(settings.internal().api().withMaxConnections(descriptors.internal()));
    }

    /// Binds both ports and serves them; port 0 takes any free one. Returns once they are served,
    /// and the process lives until [#drain] or [#close]. Nothing is recorded until somebody asks
    /// for it.
    ///
    /// @param mounts endpoints of the caller's own, beside those of the settings
    /// @throws BindFailure when a port cannot be bound
    /// @throws KeyFault when the keys of login tokens cannot be used
    /// @throws IllegalArgumentException when two endpoints have the same path, or one of the
    ///   caller's needs a login and the settings have no keys of tokens
    public static Heddle start(Settings settings, Mount... mounts) throws IOException {
        return start(settings, List.of(mounts), Optional.empty());
    }

    /// Starts a server that looks after a recording which has begun.
    ///
    /// @param ring which the caller closes, afterwards
    /// @throws BindFailure when a port cannot be bound
    /// @throws KeyFault when the keys of login tokens cannot be used
    public static Heddle start(Settings settings, Optional<BackgroundRecording> ring)
            throws IOException {
        return start(settings, List.of(), ring);
    }

    private static Heddle start(
            Settings settings, List<Mount> mounts, Optional<BackgroundRecording> ring)
            throws IOException {
        settings.requireNoConflict(mounts.stream().map(Mount::where).toList());
        Events.register();
        Optional<TokenVerifier> tokens =
                settings.token().isOpen()
                        ? Optional.empty()
                        : Optional.of(TokenVerifier.open(settings.token()));
        Heddle heddle;
        try {
            heddle = new Heddle(settings, mounts, tokens, ring);
        } catch (IOException | RuntimeException | Error unstarted) {
            tokens.ifPresent(TokenVerifier::close);
            throw unstarted;
        }
        heddle.hub.start();
        heddle.channels.start();
        heddle.wheel.start();
        heddle.acceptor.start();
        Events.emitPeriodically(HubStatistics.class, heddle.hubStatistics);
        Events.emitPeriodically(BufferPoolStatistics.class, heddle.bufferStatistics);
        return heddle;
    }

    /// The version in the jar's manifest.
    public static String version() {
        return Objects.requireNonNullElse(
                Heddle.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }

    /// The public port.
    public int port() {
        return serverSocket.getLocalPort();
    }

    /// The internal port.
    public int internalPort() {
        return internal.port();
    }

    /// What has been counted since the start.
    public Counters counters() {
        return counters;
    }

    /// How many connections the public port has.
    public int connections() {
        return admission.connections();
    }

    /// Who is logged in, and how users are reached.
    public Rooms rooms() {
        return rooms;
    }

    /// The channels, and what is published in them.
    public Channels channels() {
        return channels;
    }

    /// The connections to `/acc`.
    public Connections userConnections() {
        return userConnections;
    }

    /// What the connections are doing.
    public Inspection inspection() {
        return inspection;
    }

    /// How many pooled buffers are lent.
    public int leasedBuffers() {
        return smallBuffers.leased() + largeBuffers.leased();
    }

    /// Says that it will stop soon: it is not ready any more, but who comes is served.
    public void leave() {
        standing.leave();
    }

    /// Stops gracefully: accepts no more, delivers what the hub has taken, sends every client 1001,
    /// waits until they are gone or the drain deadline has passed, and closes. Blocks; a second
    /// call has nothing left to do. At most half of the time is the hub's, so that there is some
    /// left for the Close frames.
    public void drain() {
        Duration bound = settings.deadlines().stopping().drain();
        long endNanos = System.nanoTime() + bound.toNanos();
        standing.drain();
        recorder.end();
        try {
            acceptor.close();
            hub.drain(bound.dividedBy(4));
            channels.drain(bound.dividedBy(4));
            acceptor.goAway();
            admission.awaitNone(Duration.ofNanos(endNanos - System.nanoTime()));
        } catch (IOException | InterruptedException cutShort) {
            counters.bug(cutShort);
        }
        close();
    }

    /// Stops at once: every connection ends without a goodbye.
    @Override
    public void close() {
        standing.drain();
        Events.stopEmitting(hubStatistics);
        Events.stopEmitting(bufferStatistics);
        try {
            acceptor.close();
        } catch (IOException unclosed) {
            counters.bug(unclosed);
        }
        acceptor.abort();
        hub.stop();
        channels.stop();
        wheel.stop();
        recorder.close();
        internal.close();
        tokens.ifPresent(TokenVerifier::close);
    }

    private void emitHubStatistics() {
        HubStatistics.emit("ws", hub.queued(), everyone.subscribers());
        HubStatistics.emit("channels", channels.queued(), channels.subscriptions());
    }

    private void emitBufferStatistics() {
        BufferPoolStatistics.emit(smallBuffers.bufferBytes(), smallBuffers.leased());
        BufferPoolStatistics.emit(largeBuffers.bufferBytes(), largeBuffers.leased());
    }

    private ServerContext context(List<Mount> mounts) throws IOException {
        return new ServerContext(
                settings.limits(),
                Timeouts.of(settings.deadlines()),
                Pacing.of(settings.limits().paces()),
                routes(mounts),
                new Origins(settings.server().allowOrigins(), settings.server().allowHosts()),
                smallBuffers,
                largeBuffers,
                unfinished,
                wheel,
                admission,
                counters);
    }

    private Routes routes(List<Mount> mounts) throws IOException {
        Endpoints endpoints = settings.endpoints();
        List<Mount> all = new ArrayList<>(mounts);
        all.add(Mount.of(endpoints.ws(), BroadcastEndpoint::new, everyone));
        all.add(Mount.ofSessions(endpoints.acc().endpoint(), new AccEndpoint(accContext())));
        all.add(Mount.of(endpoints.echo(), new EchoEndpoint()));
        Map<String, Route.WebSocket> routes = new HashMap<>();
        all.stream()
                .filter(mount -> mount.where().enabled())
                .flatMap(mount -> routes(mount.where(), mount.sessions(hub)))
                .forEach(route -> routes.put(route.path(), route));
        return new Routes(resources(), routes);
    }

    private Stream<Route.WebSocket> routes(EndpointSettings where, SessionFactory sessions) {
        OutboxContext outbox = outbox(where.limits());
        Optional<RequestLogin> login =
                tokenLogin().filter(_ -> where.login()).map(RequestLogin::new);
        return where.paths().stream()
                .map(path -> new Route.WebSocket(path, sessions, where.limits(), outbox, login));
    }

    private Map<String, Route> resources() throws IOException {
        Map<String, Route> resources = new HashMap<>(Pages.routes());
        resources.put(
                "/examples/bell.html",
                Pages.bell(() -> Authority.here(settings.internal().host(), internalPort())));
        if (settings.endpoints().echo().enabled()) {
            Fact testMessage = new Fact.Raw(EncodedFrame.text("test message"));
            resources.put(
                    "/benchmark",
                    new Route.Action(
                            () ->
                                    everyone.publish(testMessage)
                                            ? Response.empty(Status.OK)
                                            : Response.empty(Status.SERVICE_UNAVAILABLE)
                                                    .with("Retry-After", "5")));
        }
        return resources;
    }

    private AccContext accContext() {
        AccSettings acc = settings.endpoints().acc();
        return new AccContext(
                rooms,
                channels,
                userConnections,
                tokenLogin().<LoginCheck>map(login -> login).orElse(LoginCheck.OPEN),
                acc.users(),
                acc.commands(),
                loggedIn(),
                acc.messages(),
                InstantSource.system(),
                counters);
    }

    private Optional<TokenLogin> tokenLogin() {
        return tokens.map(verifier -> new TokenLogin(verifier, counters));
    }

    /// Clients of gowebsocket get what they know: nothing.
    private Reply loggedIn() {
        if (settings.server().profile() == Profile.GOWEBSOCKET) {
            return Reply.ok();
        }
        EndpointLimits limits = settings.endpoints().acc().endpoint().limits();
        CommandRates rates = settings.endpoints().acc().commands();
        return Reply.ok(
                new Command.LoggedIn(
                        new Command.Limits(
                                Math.min(limits.maxFrameBytes(), limits.maxMessageBytes()),
                                channels.maxSubscriptions(),
                                rates.maxPerSecond(),
                                rates.maxBurst())));
    }

    private OutboxContext outbox(EndpointLimits limits) {
        return new OutboxContext(
                new OutboxContext.Bounds(
                        limits.maxOutboxMessages(),
                        limits.maxOutboxBytes(),
                        Math.toIntExact(settings.deadlines().sending().slowConsumer().toMillis()),
                        settings.sending()),
                writers,
                largeBuffers,
                counters);
    }

    private InternalServer startInternal(ApiSettings api) throws IOException {
        String host = settings.internal().host();
        int port = settings.internal().port();
        Node node = new Node(version(), standing, this::connections);
        boolean isGowebsocket = settings.server().profile() == Profile.GOWEBSOCKET;
        Dialect dialect = new Dialect(settings.endpoints().acc().messages(), isGowebsocket);
        try {
            return new InternalServer(
                    new InetSocketAddress(host, port),
                    api,
                    counters,
                    ApiRoutes.of(node, control(api.maxMessageIds()), insight(), dialect));
        } catch (IOException unbound) {
            serverSocket.close();
            recorder.close();
            throw new BindFailure(host, port, true, unbound);
        }
    }

    private Control control(int maxMessageIds) {
        People people = People.of(rooms, userConnections, everyone);
        Sender sender =
                new Sender(
                        people, maxMessageIds, settings.endpoints().acc().users().maxTextBytes());
        return new Control(people, channels, sender);
    }

    private Insight insight() {
        Metrics metrics =
                new Gauges(counters)
                        .connections(admission)
                        .hub(hub, everyone)
                        .rooms(rooms)
                        .channels(channels)
                        .memory(unfinished, this::leasedBuffers)
                        .metrics();
        return new Insight(metrics, inspection, recorder);
    }

    private static ServerSocket bind(String host, int port, int backlog) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port), backlog);
            return socket;
        } catch (IOException unbound) {
            socket.close();
            throw new BindFailure(host, port, false, unbound);
        }
    }
}
