package dev.heddle.net;

import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Warnings;
import dev.heddle.telemetry.event.AcceptPaused;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The accept loop: hands each new connection to a virtual thread of its own.
///
/// One platform thread runs it, and nothing but [#close] ends it. While there is too much to do
/// already ([Admission#pause]), or after `accept` has failed, it accepts nothing; new clients wait
/// in the listen backlog meanwhile.
public final class Acceptor implements Runnable {
    private static final long PAUSE_NANOS = 50_000_000L;

    /// How long clients that send no request head may keep others out.
    private static final long SILENT_HEAD_GRACE_NANOS = 100_000_000L;

    private final ServerSocket serverSocket;
    private final ServerContext context;
    private final Thread thread;
    private long lastId;
    private final Warnings acceptFailed =
            new Warnings(LoggerFactory.getLogger(Acceptor.class), "cannot accept connections");
    private final Warnings descriptorsInUse =
            new Warnings(
                    LoggerFactory.getLogger(Acceptor.class),
                    "all file descriptors for connections are in use; new clients wait");

    /// @param serverSocket bound by the caller, owned by the acceptor from here on
    public Acceptor(ServerSocket serverSocket, ServerContext context) {
        this.serverSocket = serverSocket;
        this.context = context;
        Counters.expect(context.counters().acceptPausesByReason(), AcceptPause.labels());
        Counters.expect(context.counters().handshakesRejectedByReason(), RefusedRequest.reasons());
        this.thread = Thread.ofPlatform().name("heddle-acceptor").unstarted(this);
    }

    /// Starts accepting.
    public void start() {
        thread.start();
    }

    /// Stops accepting; what is connected stays so, and no other connection comes after this
    /// returns. Blocks for a moment.
    public void close() throws IOException {
        serverSocket.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells every connection to go away: 1001 after what is queued for it. Never blocks.
    public void goAway() {
        forEachConnection(Connection::goAway);
    }

    /// Ends every connection at once, without a goodbye.
    public void abort() {
        forEachConnection(Connection::abort);
    }

    /// The accept loop.
    @Override
    public void run() {
        while (!serverSocket.isClosed()) {
            try {
                awaitRoom();
                start(serverSocket.accept());
            } catch (IOException failed) {
                if (!serverSocket.isClosed()) {
                    context.counters().acceptFailures.increment();
                    acceptFailed.warn(failed);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (RuntimeException | Error bug) {
                context.counters().bug(bug);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void awaitRoom() {
        long since = System.nanoTime();
        AcceptPause counted = null;
        AcceptPaused event = null;
        AcceptPause reason = context.admission().pause();
        while (reason != null && !serverSocket.isClosed()) {
            if (reason != counted) {
                count(reason);
                counted = reason;
                event = ended(event, AcceptPaused.started(reason.label));
            }
            LockSupport.parkNanos(reason.nanos);
            if (System.nanoTime() - since > SILENT_HEAD_GRACE_NANOS) {
                context.admission().handshakes().countAwaitedAsOld();
            }
            reason = context.admission().pause();
        }
        ended(event, null);
    }

    private static @Nullable AcceptPaused ended(
            @Nullable AcceptPaused before, @Nullable AcceptPaused next) {
        if (before != null) {
            before.emit();
        }
        return next;
    }

    private void count(AcceptPause reason) {
        context.counters().acceptPaused(reason.label);
        if (reason == AcceptPause.DESCRIPTORS) {
            descriptorsInUse.warn(null);
        }
    }

    private void start(Socket socket) {
        context.counters().accepted.increment();
        ServedConnection connection = new ServedConnection(++lastId, socket, context);
        try {
            if (connection.admission() == Admission.Decision.TURNED_AWAY) {
                RefusedRequest.countTurnedAway(connection);
                connection.end();
            } else {
                connection.start();
            }
        } catch (RuntimeException | Error unstarted) {
            connection.end();
            throw unstarted;
        }
    }

    void forEachConnection(Consumer<Connection> action) {
        context.wheel()
                .forEach(
                        entry -> {
                            if (entry instanceof Connection connection) {
                                action.accept(connection);
                            }
                        });
    }
}
