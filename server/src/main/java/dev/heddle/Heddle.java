package dev.heddle;

import dev.heddle.api.http.InternalServer;
import dev.heddle.auth.KeyFault;
import dev.heddle.auth.TokenVerifier;
import dev.heddle.channel.Channels;
import dev.heddle.config.ApiSettings;
import dev.heddle.config.Settings;
import dev.heddle.control.Node;
import dev.heddle.net.Acceptor;
import dev.heddle.net.Admission;
import dev.heddle.net.Descriptors;
import dev.heddle.net.Inspector;
import dev.heddle.net.Pacing;
import dev.heddle.net.ServerContext;
import dev.heddle.net.Timeouts;
import dev.heddle.net.Trust;
import dev.heddle.recording.BackgroundRecording;
import dev.heddle.recording.Recorder;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.event.Events;
import dev.heddle.tls.TlsFault;
import dev.heddle.user.Connections;
import dev.heddle.user.Rooms;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A running server: wires the parts, starts them, drains and stops them.
///
/// **Thread-safe.** [#start] returns once both ports are served.
public final class Heddle implements AutoCloseable {
    private final Core core;
    private final Admission admission;
    private final Standing standing;
    private final ServerSocket serverSocket;
    private final Acceptor acceptor;
    private final Departure departure;
    private final Inspection inspection;
    private final InternalServer internal;
    private final Recorder recorder;

    private Heddle(Core core, List<Mount> mounts, Optional<BackgroundRecording> ring)
            throws IOException {
        Settings settings = core.settings;
        this.core = core;
        Descriptors descriptors = Descriptors.share(settings.internal().api().maxConnections());
        this.admission = new Admission(settings.limits(), descriptors.connections());
        this.standing = new Standing(admission, core::lacksEngine);
        ServerContext context = context(mounts);
        this.serverSocket = PublicPort.bind(core.sockets, settings);
        this.acceptor = new Acceptor(serverSocket, context);
        this.departure = new Departure(core, acceptor, admission, standing);
        this.inspection = new Inspector(acceptor);
        this.recorder = Recorder.start(ring, settings.jfr(), core.counters);
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
    /// @throws TlsFault when the certificate of a port cannot be used
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
            heddle = new Heddle(new Core(settings, tokens), mounts, ring);
        } catch (IOException | RuntimeException | Error unstarted) {
            tokens.ifPresent(TokenVerifier::close);
            throw unstarted;
        }
        heddle.whenAskedToDrain(() -> Thread.ofPlatform().name("drain").start(heddle::drain));
        heddle.core.start();
        heddle.acceptor.start();
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

    /// The counters since the start.
    public Counters counters() {
        return core.counters;
    }

    /// How many connections the public port has.
    public int connections() {
        return admission.connections();
    }

    /// The rooms: which users are logged in, and how to reach them.
    public Rooms rooms() {
        return core.rooms;
    }

    /// The channels, and what is published in them.
    public Channels channels() {
        return core.channels;
    }

    /// The connections to `/acc`.
    public Connections userConnections() {
        return core.userConnections;
    }

    /// A view of all connections and their threads.
    public Inspection inspection() {
        return inspection;
    }

    /// How many pooled buffers are lent.
    public int leasedBuffers() {
        return core.leasedBuffers();
    }

    /// Reads the certificates of the ports again: the next handshakes use them. When they cannot be
    /// used, that is logged, and the ones from before stay. Blocks for a moment.
    public void reloadCertificates() {
        core.tls.reload();
    }

    /// Begins to stop: the server is not ready any more, accepts clients for `deadlines.unready`,
    /// and then sends them away over `deadlines.drain-spread`. Blocks until that is done, whoever
    /// began it.
    public void depart(Runnable whenUnready) throws InterruptedException {
        departure.depart(whenUnready);
    }

    /// Ends what [#depart] waits for: whoever is still connected is sent away at once.
    public void hurry() {
        departure.hurry();
    }

    /// What is done when somebody asks for the end by the HTTP API, in place of [#drain].
    ///
    /// @param action which must return at once
    public void whenAskedToDrain(Runnable action) {
        departure.whenAsked(action);
    }

    /// Stops gracefully: departs, delivers what the hub has taken, sends every client 1001, waits
    /// until they are gone or the drain deadline has passed, and closes. Blocks; a second call has
    /// nothing left to do.
    public void drain() {
        try {
            departure.depart(() -> {});
            standing.drain();
            recorder.end();
            departure.drain();
        } catch (InterruptedException cutShort) {
            core.counters.bug(cutShort);
        }
        close();
    }

    /// Stops at once: every connection ends without a goodbye.
    @Override
    public void close() {
        standing.drain();
        try {
            acceptor.close();
        } catch (IOException unclosed) {
            core.counters.bug(unclosed);
        }
        acceptor.abort();
        recorder.close();
        internal.close(); // whose answers under way need the core
        core.stop();
        core.closeKeys();
    }

    private ServerContext context(List<Mount> mounts) {
        return new ServerContext(
                core.settings.limits(),
                Timeouts.of(core.settings.deadlines()),
                Pacing.of(core.settings.limits().paces(), core.runQueue),
                new PublicRoutes(core, this::internalPort).routes(mounts),
                Trust.of(core.settings, core.tls.open()),
                core.smallBuffers,
                core.largeBuffers,
                core.unfinished,
                core.wheel,
                admission,
                core.counters);
    }

    private InternalServer startInternal(ApiSettings api) throws IOException {
        String host = core.settings.internal().host();
        int port = core.settings.internal().port();
        Node node = new Node(version(), standing, this::connections, departure);
        InternalRoutes routes = new InternalRoutes(core, admission, recorder);
        try {
            return new InternalServer(
                    new InternalServer.Door(new InetSocketAddress(host, port), core.tls.internal()),
                    api,
                    core.counters,
                    routes.routes(node, inspection));
        } catch (IOException unbound) {
            serverSocket.close();
            recorder.close();
            throw new BindFailure(host, port, true, unbound);
        }
    }
}
