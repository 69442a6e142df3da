package dev.heddle.net;

import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.event.ConnectionClosed;

import java.io.IOException;
import java.net.Socket;

/// The life of a connection on its virtual thread, which answers requests until one of them is an
/// accepted opening handshake; a fresh thread then receives messages. Whatever happens on it ends
/// this connection alone.
///
/// It alone knows both loops, which know no more than a [Connection].
final class ServedConnection extends Connection implements Runnable {

    /// @param id names it for as long as this process lives
    ServedConnection(long id, Socket socket, ServerContext context) {
        super(id, socket, context);
    }

    /// Starts the connection's thread and its deadlines.
    void start() {
        int header = context().trust().proxies().deadlineMillis();
        int first = Math.min(Math.min(timeouts().hurriedHead(), header), timeouts().period());
        context().wheel().schedule(this, first);
        handshakes().started();
        try {
            Thread.startVirtualThread(this);
        } catch (RuntimeException | Error unstarted) {
            handshakes().hasTurn();
            throw unstarted;
        }
    }

    /// The life of each of the connection's threads. A WebSocket goes on with a fresh one, and
    /// again whenever it has rested: a thread keeps the largest stack that it ever waited with. All
    /// of them run this one class, which calls the loop of messages by its own type: so that what
    /// they wait in can be compiled into a single frame.
    @Override
    public void run() {
        runsOnThisThread();
        boolean goesOn = false;
        try {
            if (loop() instanceof MessageLoop messages ? messages.run(input()) : answerRequests()) {
                Thread.startVirtualThread(this);
                goesOn = true;
            }
        } catch (IOException | RuntimeException | Error failure) {
            failed(failure);
        } finally {
            if (!goesOn) {
                end();
            }
        }
    }

    /// @return whether the connection goes on as a WebSocket
    private boolean answerRequests() throws IOException {
        handshakes().hasTurn();
        writeAtOnce();
        HttpLoop requests = new HttpLoop(this);
        goOnAs(requests);
        return requests.run(input());
    }

    /// The connection's thread cannot go on: the peer is gone, or the bug is ours, which the peer
    /// is told.
    private void failed(Throwable failure) {
        if (failure instanceof IOException) {
            abort();
            return;
        }
        context().counters().bug(failure);
        ConnectionLoop failed = loop();
        try {
            if (failed != null) {
                failed.sayInternalError(input());
            }
        } catch (IOException gone) {
            abort();
        } catch (RuntimeException | Error again) {
            context().counters().bug(again);
        }
    }

    /// Ends the connection and lets go of all that it held.
    void end() {
        sayGoodbye();
        abort();
        context().wheel().cancel(this);
        ConnectionLoop last = loop();
        if (last != null) {
            last.ended();
        }
        ClientSession ended = session();
        if (ended != null) {
            try {
                ConnectionClosed.emit(this::traffic, ended.closeCode(), initiator(ended));
                ended.end();
            } catch (RuntimeException | Error bug) {
                context().counters().bug(bug);
            }
        }
        // This comes last: a thread that waits until no connection is left waits for all of the
        // above.
        release();
    }

    /// The side that has begun the end.
    private String initiator(ClientSession ended) {
        return expired() == null ? ended.closeInitiator() : "server";
    }

    private Handshakes handshakes() {
        return context().admission().handshakes();
    }
}
