package dev.heddle.api.http;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.SilentNodes;
import dev.heddle.buffer.BufferPool;
import dev.heddle.config.ApiSettings;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.RequestHead;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.RequestLog;
import dev.heddle.tls.TlsPort;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.locks.LockSupport;

/// The internal port: accepts connections ([Caller]), lets callers in, and finds the route of each
/// request.
///
/// **Thread-safe.** Its own thread accepts, and enforces the deadlines of all connections about
/// once a second.
public final class InternalServer implements AutoCloseable {
    private static final HeadLimits LIMITS = new HeadLimits(16 * 1024, 100);
    private static final int BACKLOG = 128;
    private static final int TICK_MILLIS = 1_000;
    private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;
    private static final long PAUSE_NANOS = 50_000_000L;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    /// How long an answer under way may take to be written when the port is closed.
    private static final Duration ANSWER_BOUND = Duration.ofSeconds(2);

    /// The nodes that did not say what they have to the answer.
    static final String SILENT = "Heddle-Silent-Nodes";

    private final ServerSocket socket;
    private final Thread thread;
    private final Callers callers;
    private final BufferPool smallBuffers = new BufferPool(4 * 1024, 16);
    private final BufferPool largeBuffers = new BufferPool(LIMITS.maxBytes(), 16);
    private final Router router;
    private final Access access;
    private final int maxBodyBytes;
    private final Counters counters;
    private final Optional<TlsPort> tls;

    /// Where callers come in.
    ///
    /// @param address that it is bound to
    /// @param tls what it speaks, if it does
    public record Door(InetSocketAddress address, Optional<TlsPort> tls) {}

    /// Binds the port and serves it.
    ///
    /// @param routes all that there is on it
    /// @throws IOException when the port cannot be bound
    public InternalServer(Door door, ApiSettings settings, Counters counters, List<Route> routes)
            throws IOException {
        this.router = new Router(routes);
        this.access = new Access(settings, router.methods(), counters);
        this.callers = new Callers(settings.maxConnections());
        this.maxBodyBytes = settings.maxBodyBytes();
        this.counters = counters;
        Counters.expect(counters.apiAnswersByStatus(), ProblemType.statuses());
        this.tls = door.tls();
        this.socket = bind(door.address());
        this.thread = Thread.ofPlatform().daemon().name("heddle-internal").start(this::accept);
    }

    /// The port that it is bound to.
    public int port() {
        return socket.getLocalPort();
    }

    /// Takes no more requests. Answers under way are written: after 2 s their handlers are
    /// interrupted. Blocks until their threads have ended: 5 s at most for all together.
    @Override
    public void close() {
        close(CLOSE_BOUND);
    }

    void close(Duration bound) {
        long endNanos = System.nanoTime() + bound.toNanos();
        try {
            socket.close();
            thread.join(bound);
            callers.end(ANSWER_BOUND, endNanos);
        } catch (IOException unclosed) {
            counters.bug(unclosed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket bind(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.setSoTimeout(TICK_MILLIS);
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException unbound) {
            socket.close();
            throw unbound;
        }
    }

    private void accept() {
        long visitedNanos = System.nanoTime();
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (SocketTimeoutException nobody) {
                // Time to look at the others.
            } catch (IOException failure) {
                acceptFailed();
            } catch (RuntimeException | Error bug) {
                counters.bug(bug);
            }
            long nowNanos = System.nanoTime();
            if (nowNanos - visitedNanos > TICK_NANOS) {
                visitAll(nowNanos);
                visitedNanos = nowNanos;
            }
        }
    }

    private void visitAll(long nowNanos) {
        try {
            callers.forEach(caller -> caller.socket().visit(nowNanos));
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void acceptFailed() {
        if (!socket.isClosed()) {
            counters.acceptFailures.increment();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void serve(Socket accepted) throws IOException {
        if (!callers.makeRoom()) {
            accepted.close();
            return;
        }
        Caller caller = new Caller(accepted, this);
        callers.add(caller);
        try {
            accepted.setTcpNoDelay(true);
            caller.start();
        } catch (IOException | RuntimeException | Error unstarted) {
            callers.remove(caller);
            accepted.close();
            throw unstarted;
        }
    }

    /// The certificate and key of the port, if it speaks TLS.
    Optional<TlsPort> tls() {
        return tls;
    }

    HeadReader reader(InputStream in) {
        return new HeadReader(in, smallBuffers, largeBuffers, LIMITS);
    }

    RequestLog requestLog() {
        return counters.requestLog();
    }

    int maxBodyBytes() {
        return maxBodyBytes;
    }

    /// The callers whose threads have not ended yet.
    Callers callers() {
        return callers;
    }

    void failed(Throwable bug) {
        counters.bug(bug);
    }

    /// The answer to a request, on the caller's thread.
    ///
    /// @throws IOException when the caller's connection is over: there is nobody to answer
    Answer answer(RequestHead request, Caller caller) throws IOException {
        SortedSet<String> silent = SilentNodes.newSet();
        Answer answer = SilentNodes.during(silent, () -> tryAnswer(request, caller));
        return silent.isEmpty() ? answer : answer.beside(Map.of(SILENT, String.join(", ", silent)));
    }

    private Answer tryAnswer(RequestHead request, Caller caller) throws IOException {
        try {
            return route(request, caller);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (BrokerUnavailable later) {
            return new Refusal(ProblemType.ENGINE_UNAVAILABLE, "try again").answer();
        } catch (IOException failure) {
            if (caller.isOver()) {
                throw failure;
            }
            return bug(failure);
        } catch (RuntimeException | Error bug) {
            return bug(bug);
        }
    }

    private Answer bug(Throwable bug) {
        counters.bug(bug);
        return new Refusal(ProblemType.BUG, "the server has logged it").answer();
    }

    /// Counts an answer that is about to be sent, and completes it.
    ///
    /// @param request what is answered; `null` if it was not understood
    Answer finish(Answer answer, @Nullable RequestHead request) {
        counters.apiAnswered(answer.status());
        return access.complete(answer, request);
    }

    private Answer route(RequestHead request, Caller caller) throws Refusal, IOException {
        if (Access.isPreflight(request)) {
            return access.preflight(request);
        }
        Router.Resource resource = router.at(request.path());
        if (!resource.isOpen()) {
            access.require(request);
        }
        Router.Found found = resource.route(request.method());
        return found.route().handler().answer(new Call(request, found.variables(), caller));
    }
}
