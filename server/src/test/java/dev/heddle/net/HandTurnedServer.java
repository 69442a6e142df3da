package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Deadlines;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.Limits;
import dev.heddle.config.Settings;
import dev.heddle.handshake.Origins;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.Endpoint;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.function.Executable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// The public port with one endpoint at `/`, a page at `/page` and an action at `/fails` that
/// throws, whose clock stands still until a test advances it.
final class HandTurnedServer implements AutoCloseable {
    final Counters counters = new Counters();
    final TimingWheel wheel = new TimingWheel(counters);
    final BufferPool small = new BufferPool(4096, 16);
    final BufferPool large = new BufferPool(16 * 1024, 16);
    final UnfinishedBytes unfinished;
    final Admission admission;
    private final ServerSocket socket;
    private final Acceptor acceptor;

    HandTurnedServer(Endpoint endpoint, Deadlines deadlines) throws IOException {
        this(endpoint, deadlines, Settings.defaults().limits());
    }

    HandTurnedServer(Endpoint endpoint, Deadlines deadlines, Limits limits) throws IOException {
        EndpointLimits ws = Settings.defaults().ws();
        OutboxContext outbox = new OutboxContext(16, 1 << 20, 500, large, counters);
        Map<String, Route> routes =
                Map.of(
                        "/",
                        new Route.WebSocket(endpoint, ws, outbox),
                        "/page",
                        new Route.Page(Response.text(Status.OK, "a page")),
                        "/fails",
                        new Route.Action(
                                () -> {
                                    throw new IllegalStateException("thrown by a test");
                                }));
        unfinished = new UnfinishedBytes(limits.maxUnfinishedBytes());
        admission = new Admission(limits.maxConnections(), limits.maxConnectionsPerAddress());
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerContext context =
                new ServerContext(
                        limits,
                        Timeouts.of(deadlines),
                        routes,
                        new Origins(List.of()),
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

    void goAway() {
        acceptor.goAway();
    }

    void advance(int millis) {
        for (int passed = 0; passed < millis; passed += TimingWheel.TICK_MILLIS) {
            wheel.advance();
        }
    }

    /// Turns the clock until this has returned.
    ///
    /// @return how many milliseconds of the clock that took
    int millisUntil(Callable<?> blocking) throws Exception {
        return millisUntil(blocking, wheel::advance);
    }

    /// The same, with a tick that does more than to turn the clock.
    int millisUntil(Callable<?> blocking, Executable tick) throws Exception {
        FutureTask<?> task = new FutureTask<>(blocking);
        Thread.ofVirtual().start(task);
        for (int ticks = 0; ; ticks++) {
            try {
                task.get(2, TimeUnit.MILLISECONDS);
                return ticks * TimingWheel.TICK_MILLIS;
            } catch (TimeoutException notYet) {
                assertDoesNotThrow(tick);
            } catch (ExecutionException failed) {
                throw new AssertionError(failed.getCause());
            }
        }
    }

    /// Turns the clock until the server has ended all connections.
    int millisUntilGone() throws Exception {
        return millisUntil(
                () -> {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> admission.connections() == 0);
                    return "gone";
                });
    }

    /// Waits until this has not changed for a while.
    static void awaitStandstill(LongAdder count) {
        AtomicLong before = new AtomicLong(-1);
        Awaitility.await()
                .during(Duration.ofMillis(500))
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
