package dev.heddle.net;

import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.Traffic;
import dev.heddle.telemetry.event.ConnectionClosed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/// One socket and the virtual thread that reads it, from `accept` to the end.
///
/// The thread runs one [ConnectionLoop] after the other: one that answers requests until one of
/// them is an accepted opening handshake, then, on a fresh thread, one that receives messages.
/// Whatever happens on it ends this connection alone. Other threads write through [Transport], and
/// the wheel enforces the [ConnectionDeadlines]; only the connection's own thread reads.
final class Connection extends ConnectionDeadlines implements Runnable, Transport {
    /// The states of a thread that runs, or waits for a carrier or a lock: not for its client.
    private static final Set<Thread.State> AT_WORK =
            EnumSet.of(Thread.State.RUNNABLE, Thread.State.BLOCKED);

    private final Socket socket;
    private final Admission.Decision admission;
    private final long id;
    private final long openedEpochMillis = System.currentTimeMillis();

    // Written by the connection's thread, read by all.
    private volatile @Nullable Thread thread;
    private volatile @Nullable ConnectionLoop loop;

    /// @param id names it for as long as this process lives
    Connection(long id, Socket socket, ServerContext context) {
        super(context);
        this.id = id;
        this.socket = socket;
        this.admission = context.admission().enter(socket.getInetAddress());
    }

    /// Whether the connection is one too many, and which answer that has.
    Admission.Decision admission() {
        return admission;
    }

    /// Starts the connection's thread and its deadlines.
    ///
    /// @param first what the thread does
    void start(ConnectionLoop first) {
        loop = first;
        context().wheel().schedule(this, Math.min(timeouts().hurriedHead(), timeouts().period()));
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
    /// of them run this one class, so that what they wait in can be compiled into a single frame.
    @Override
    public void run() {
        thread = Thread.currentThread();
        ConnectionLoop now = loop;
        boolean goesOn = false;
        try {
            if (now != null && now.run(input())) {
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

    /// The connection's first thread runs for the first time.
    void hasTurn() throws IOException {
        handshakes().hasTurn();
        socket.setTcpNoDelay(true);
    }

    /// What the peer sends, for the connection's thread alone.
    InputStream input() throws IOException {
        return socket.getInputStream();
    }

    /// The connection has become a WebSocket, whose threads run another loop from now on.
    ///
    /// @param sendBufferBytes of the socket; 0 leaves it to the system
    void upgrade(ConnectionLoop next, ClientSession session, int sendBufferBytes)
            throws IOException {
        beginPings(nowMillis());
        loop = next;
        if (sendBufferBytes > 0) {
            socket.setSendBufferSize(sendBufferBytes);
        }
        opened(session);
    }

    /// The connection's thread cannot go on: the peer is gone, or the bug is ours, which the peer
    /// is told.
    private void failed(Throwable failure) {
        if (failure instanceof IOException) {
            abort();
            return;
        }
        context().counters().bug(failure);
        ConnectionLoop failed = loop;
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

    /// Tells the client to go away: a WebSocket gets 1001 after what is queued for it, anything
    /// else ends after the response that is under way. Never blocks.
    void goAway() {
        ClientSession open = session();
        if (open != null) {
            open.goAway();
        } else if (expired() == null) {
            endReading(Expiry.GOING_AWAY);
        }
    }

    /// Whether bytes of the peer have arrived that the server still has to handle: nobody has read
    /// them, or the connection's thread is at work on them, or waits for its turn to be. Any thread
    /// may ask.
    boolean hasUnhandled() {
        try {
            // In this order: a thread that waits after that has handled all that came before.
            return socket.getInputStream().available() > 0 || isAtWork();
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isAtWork() {
        Thread mine = thread;
        return mine != null && AT_WORK.contains(mine.getState());
    }

    /// Whether nothing more can be read: we have ended the reading, or the peer is gone.
    boolean isUnreadable() {
        return expired() != null || socket.isClosed();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    void endReading() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void abort() {
        try {
            socket.close();
        } catch (IOException unclosed) {
            context().counters().bug(unclosed);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long openedEpochMillis() {
        return openedEpochMillis;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getPort());
    }

    /// Says that nothing more will be written.
    void endWriting() throws IOException {
        socket.shutdownOutput();
    }

    /// Ends the connection and lets go of all that it held.
    void end() {
        abort();
        context().wheel().cancel(this);
        ClientSession ended = session();
        if (ended != null) {
            try {
                ConnectionClosed.emit(this::traffic, ended.closeCode(), initiator(ended));
                ended.end();
            } catch (RuntimeException | Error bug) {
                context().counters().bug(bug);
            }
        }
        // The last thing: who waits until no connection is left waits for all of the above.
        context().admission().release(socket.getInetAddress(), admission);
    }

    /// Who has begun the end.
    private String initiator(ClientSession ended) {
        return expired() == null ? ended.closeInitiator() : "server";
    }

    /// The connection's thread; `null` before it runs.
    @Nullable Thread thread() {
        return thread;
    }

    /// What there is to say about this WebSocket; `null` if it is none.
    @Nullable Traffic traffic() {
        ConnectionLoop now = loop;
        return now == null ? null : now.traffic(phase().words);
    }

    @Override
    @Nullable ClientSession session() {
        ConnectionLoop now = loop;
        return now == null ? null : now.session();
    }

    private Handshakes handshakes() {
        return context().admission().handshakes();
    }
}
