package dev.heddle;

import dev.heddle.auth.TokenLogin;
import dev.heddle.auth.TokenVerifier;
import dev.heddle.broker.Broker;
import dev.heddle.broker.memory.MemoryBroker;
import dev.heddle.broker.redis.RedisBroker;
import dev.heddle.buffer.BufferPool;
import dev.heddle.channel.Channels;
import dev.heddle.config.AccSettings;
import dev.heddle.config.Limits;
import dev.heddle.config.Settings;
import dev.heddle.control.Callees;
import dev.heddle.deflate.Deflation;
import dev.heddle.frame.CloseCode;
import dev.heddle.gateway.Gateway;
import dev.heddle.gateway.RouteChannels;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.hub.RawPublisher;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.net.FullOutboxes;
import dev.heddle.net.RunQueue;
import dev.heddle.net.TimingWheel;
import dev.heddle.net.transport.Sockets;
import dev.heddle.outbox.Farewell;
import dev.heddle.outbox.QueuedBytes;
import dev.heddle.outbox.Writers;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.event.BufferPoolStatistics;
import dev.heddle.telemetry.event.Events;
import dev.heddle.telemetry.event.HubStatistics;
import dev.heddle.tls.TlsFault;
import dev.heddle.tls.TlsPorts;
import dev.heddle.user.ConnectionNames;
import dev.heddle.user.OpenConnections;
import dev.heddle.user.Rooms;

import java.time.Duration;
import java.util.Optional;

/// The common parts of a server's two ports: hubs, channels, rooms, buffers, the wheel, the keys of
/// login tokens.
///
/// A core neither listens nor knows which part listens.
final class Core {
    private static final int SMALL_BUFFER_BYTES = 4 * 1024;
    private static final int LARGE_BUFFER_BYTES = 16 * 1024;

    /// Buffers are in use for as long as a carrier runs, or a peer keeps a thread waiting half-way.
    private static final int KEPT_BUFFERS =
            Math.max(64, 16 * Runtime.getRuntime().availableProcessors());

    final Settings settings;
    final Optional<TokenVerifier> tokens;
    final TlsPorts tls;
    final Sockets sockets;
    final Counters counters = new Counters();
    final Farewell farewell = new Farewell();
    final BufferPool smallBuffers = new BufferPool(SMALL_BUFFER_BYTES, KEPT_BUFFERS);
    final BufferPool largeBuffers = new BufferPool(LARGE_BUFFER_BYTES, KEPT_BUFFERS);
    final Writers writers = new Writers(counters);
    final TimingWheel wheel = new TimingWheel(counters);
    final RunQueue runQueue = new RunQueue();
    final UnfinishedBytes unfinished;
    final Deflation deflation;
    final QueuedBytes queued;
    final Hub hub;
    final Fanout everyone;
    final RawPublisher toEveryone;
    final Channels channels;
    final Rooms rooms;
    private final ConnectionNames names = ConnectionNames.random();
    final OpenConnections userConnections = new OpenConnections(names);
    final Callees callees = new Callees(names);
    final Gateway gateway;
    private final Runnable hubStatistics = this::emitHubStatistics;
    private final Runnable bufferStatistics = this::emitBufferStatistics;

    /// @param tokens which [#closeKeys] closes
    /// @throws TlsFault if a port's certificate cannot be used
    Core(Settings settings, Optional<TokenVerifier> tokens) throws TlsFault {
        this.settings = settings;
        if (settings.log().requests()) {
            counters.logRequests();
        }
        this.tls = TlsPorts.open(settings, counters);
        this.tokens = tokens;
        this.sockets = Sockets.choose(settings.net());
        int tryAgain = settings.sending().tryAgainCode();
        counters.expectClosed(CloseCode.labelled().map(code -> CloseCode.onWire(code, tryAgain)));
        long heap = Runtime.getRuntime().maxMemory();
        long unfinishedBytes = settings.limits().unfinishedWithin(heap);
        this.unfinished = new UnfinishedBytes(unfinishedBytes);
        this.deflation =
                new Deflation(
                        settings.sending().deflateLevel(),
                        settings.sending().deflateBytes(),
                        unfinishedBytes);
        this.queued = new QueuedBytes(settings.limits().outboxWithin(heap), counters.outboxWaits);
        this.hub = newHub();
        this.everyone = hub.fanout();
        this.channels = new Channels(settings.channels(), newBroker(), this::newHub);
        this.toEveryone =
                settings.cluster().spansWs()
                        ? channels.spanNodes(everyone)
                        : RawPublisher.of(everyone);
        AccSettings acc = settings.endpoints().acc();
        this.rooms = new Rooms(acc.rooms(), acc.users().maxAnnounced(), channels);
        this.gateway = newGateway();
    }

    /// Nothing of Redis is loaded without its setting.
    private Broker newBroker() {
        return settings.cluster().redis().isSet()
                ? new RedisBroker(settings.channels(), settings.cluster(), counters)
                : new MemoryBroker(settings.channels());
    }

    private Gateway newGateway() {
        return new Gateway(
                settings.endpoints().gateway(),
                callees,
                new RouteChannels(channels, rooms),
                counters);
    }

    /// Whether new clients are to go elsewhere because the engine cannot be reached.
    boolean lacksEngine() {
        return settings.cluster().redis().required() && channels.isUnavailable();
    }

    private Hub newHub() {
        Limits.HubBounds bounds = settings.limits().hub();
        return new Hub(bounds.maxMessages(), bounds.maxBytes(), counters);
    }

    /// How many pooled buffers, deflaters and inflaters are lent.
    int leasedBuffers() {
        return smallBuffers.leased()
                + largeBuffers.leased()
                + tls.leased()
                + deflation.pool().lent();
    }

    /// The check of login tokens; empty if login is open.
    Optional<TokenLogin> tokenLogin() {
        return tokens.map(verifier -> new TokenLogin(verifier, counters));
    }

    void start() {
        hub.start();
        channels.start();
        wheel.start();
        new FullOutboxes(wheel, queued).watch();
        runQueue.start();
        tls.start();
        Events.emitPeriodically(HubStatistics.class, hubStatistics);
        Events.emitPeriodically(BufferPoolStatistics.class, bufferStatistics);
    }

    /// Delivers what the hubs have taken. Blocks, for half of the bound at most.
    void drain(Duration bound) throws InterruptedException {
        hub.drain(bound.dividedBy(4));
        channels.drain(bound.dividedBy(4));
    }

    /// Stops at once, all but the keys.
    void stop() {
        Events.stopEmitting(hubStatistics);
        Events.stopEmitting(bufferStatistics);
        gateway.close();
        hub.stop();
        channels.stop();
        wheel.stop();
        deflation.close();
        runQueue.stop();
        tls.stop();
    }

    /// Lets go of the keys of login tokens.
    void closeKeys() {
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
}
