package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Deadlines;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.Limits;
import dev.heddle.config.MessageRates;
import dev.heddle.config.ProxySettings;
import dev.heddle.config.Settings;
import dev.heddle.config.Subprotocols;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.handshake.Origins;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.outbox.Outbox;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.proxy.Proxies;
import dev.heddle.session.ClientSession;
import dev.heddle.session.EndpointSessions;
import dev.heddle.session.SessionFactory;
import dev.heddle.support.Patience;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;
import dev.heddle.tls.TlsPort;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.lang.Thread.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The public port with one endpoint at `/`, a page at `/page` and an action at `/fails` that
/// throws, whose clock stands still until a test advances it.
final class HandTurnedServer implements AutoCloseable {
    /// How exact a deadline is: to a tick, and one more for what began in the middle of one.
    private static final int MARGIN = 2 * TimingWheel.TICK_MILLIS;

    final Counters counters = new Counters();
    final TimingWheel wheel = new TimingWheel(counters);
    final BufferPool small = new BufferPool(4096, 16);
    final BufferPool large = new BufferPool(16 * 1024, 16);
    final UnfinishedBytes unfinished;
    final Admission admission;
    private final Queue<Outbox> outboxes = new ConcurrentLinkedQueue<>();
    private final WatchedServerSocket socket;
    private final Acceptor acceptor;

    /// What makes the sessions, and the outboxes of those that it has made.
    private record Watched(SessionFactory sessions, Queue<Outbox> outboxes)
            implements SessionFactory {
        @Override
        public ClientSession session(
                Transport transport, OutboxContext context, Optional<Instant> until) {
            ClientSession session = sessions.session(transport, context, until);
            outboxes.add(session.outbox());
            return session;
        }
    }

    HandTurnedServer(Endpoint endpoint, Deadlines deadlines) throws IOException {
        this(endpoint, deadlines, Settings.defaults().limits());
    }

    HandTurnedServer(Endpoint endpoint, Deadlines deadlines, Limits limits) throws IOException {
        this(EndpointSessions.of(endpoint, MessageRates.UNLIMITED), deadlines, limits);
    }

    HandTurnedServer(SessionFactory sessions, Deadlines deadlines) throws IOException {
        this(sessions, deadlines, Settings.defaults().limits());
    }

    private HandTurnedServer(SessionFactory sessions, Deadlines deadlines, Limits limits)
            throws IOException {
        this(sessions, deadlines, limits, Settings.defaults().proxy());
    }

    HandTurnedServer(
            SessionFactory sessions, Deadlines deadlines, Limits limits, ProxySettings proxy)
            throws IOException {
        this(sessions, deadlines, limits, proxy, Optional.empty());
    }

    HandTurnedServer(
            SessionFactory sessions,
            Deadlines deadlines,
            Limits limits,
            ProxySettings proxy,
            Optional<TlsPort> tls)
            throws IOException {
        EndpointLimits ws = Settings.defaults().endpoints().ws().limits();
        OutboxContext outbox = new TestOutboxes(large, counters).context(16, 1 << 20, 500);
        Route.WebSocket watched =
                new Route.WebSocket(
                        new Watched(sessions, outboxes),
                        new Terms("/", ws, outbox, Optional.empty()),
                        Optional.empty(),
                        Subprotocols.NONE);
        Map<String, Route> resources =
                Map.of(
                        "/page",
                        new Route.Page(Response.text(Status.OK, "a page")),
                        "/fails",
                        new Route.Action(
                                () -> {
                                    throw new IllegalStateException("thrown by a test");
                                }));
        unfinished = new UnfinishedBytes(limits.unfinishedWithin(1L << 30));
        admission = new Admission(limits, Integer.MAX_VALUE);
        socket = new WatchedServerSocket();
        ServerContext context =
                new ServerContext(
                        limits,
                        Timeouts.of(deadlines),
                        Pacing.of(limits.paces(), new RunQueue()),
                        new Routes(resources, Map.of("/", watched)),
                        new Trust(new Origins(List.of(), List.of()), new Proxies(proxy), tls),
                        small,
                        large,
                        unfinished,
                        wheel,
                        admission,
                        counters);
        acceptor = new Acceptor(socket, context);
        acceptor.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    int leased() {
        return small.leased() + large.leased();
    }

    /// What waits to be written to the first one that has opened a WebSocket.
    Outbox firstOutbox() {
        return outboxes.element();
    }

    Inspector inspector() {
        return new Inspector(acceptor);
    }

    void goAway() {
        acceptor.goAway();
    }

    /// Turns the clock once the server's threads are at rest: what they have begun began before.
    void advance(int millis) {
        awaitAtRest();
        turn(millis);
    }

    /// Insists that this returns once the clock has been turned by so much, and not before. While
    /// it waits for the server's threads the clock stands still, so a busy machine only takes
    /// longer.
    <T> T after(int millis, Callable<T> effect) throws Exception {
        return after(millis, effect, () -> {});
    }

    /// The same, with something that is done after each tick until it is nearly time.
    <T> T after(int millis, Callable<T> effect, Executable tick) throws Exception {
        FutureTask<T> task = new FutureTask<>(effect);
        Thread.ofVirtual().start(task);
        awaitAtRest();
        for (int passed = MARGIN; passed < millis; passed += TimingWheel.TICK_MILLIS) {
            wheel.advance();
            assertDoesNotThrow(tick);
        }
        awaitAtRest();
        assertFalse(task.isDone(), () -> "came before " + millis + " ms");
        turn(2 * MARGIN);
        return task.get(60, TimeUnit.SECONDS);
    }

    /// Insists that the server has ended all connections once the clock has been turned by so much,
    /// and not before.
    void goneAfter(int millis) {
        turn(millis - MARGIN);
        assertTrue(admission.connections() > 0, () -> "gone before " + millis + " ms");
        turn(2 * MARGIN);
        Soon.until(() -> admission.connections() == 0);
    }

    /// Turns the clock, whatever the server's threads do.
    void turn(int millis) {
        for (int passed = 0; passed < millis; passed += TimingWheel.TICK_MILLIS) {
            wheel.advance();
        }
    }

    /// Waits until the thread of a connection waits for a lock.
    void awaitHeldUp() {
        AtomicBoolean isHeldUp = new AtomicBoolean();
        Soon.until(
                () -> {
                    acceptor.forEachConnection(
                            each -> {
                                Thread thread = each.thread();
                                if (thread != null && thread.getState() == State.BLOCKED) {
                                    isHeldUp.set(true);
                                }
                            });
                    return isHeldUp.get();
                });
    }

    /// Waits until the server waits for all of its clients, and no writer is still on its way out
    /// of a write that the client has read already: its deadline is running.
    void awaitAtRest() {
        Soon.until(() -> socket.isAtRest() && outboxes.stream().allMatch(Outbox::isFlushed));
    }

    /// Waits until this has not changed for a while.
    static void awaitStandstill(LongAdder count) {
        AtomicLong before = new AtomicLong(-1);
        Awaitility.await()
                .during(Duration.ofMillis(500))
                .atMost(Patience.BOUND)
                .until(() -> before.getAndSet(count.sum()) == count.sum());
    }

    /// Waits until no connection is left, nor anything that one held.
    void awaitNothingLeft() {
        Soon.untilAsserted(
                () -> {
                    assertEquals(0, admission.connections());
                    assertEquals(0, leased());
                    assertEquals(0, unfinished.held());
                });
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
        acceptor.abort();
    }
}
