package dev.heddle.net;

import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.Traffic;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/// One socket, from `accept` to the end: what its loops, its writers and the wheel know of it.
///
/// Other threads write through [dev.heddle.outbox.Transport], and the wheel enforces the
/// [ConnectionDeadlines]; only the connection's own thread reads, and runs one [ConnectionLoop]
/// after the other: see [ServedConnection].
abstract class Connection extends ConnectionSocket {
    /// The states of a thread that runs, or waits for a carrier or a lock: not for its client.
    private static final Set<Thread.State> AT_WORK =
            EnumSet.of(Thread.State.RUNNABLE, Thread.State.BLOCKED);

    private final long id;
    private final long openedEpochMillis = System.currentTimeMillis();

    // Written by the connection's thread, read by all.
    private volatile @Nullable Thread thread;
    private volatile @Nullable ConnectionLoop loop;
    private volatile Ticket ticket;

    /// @param id names it for as long as this process lives
    Connection(long id, Socket socket, ServerContext context) {
        super(socket, context);
        this.id = id;
        this.ticket =
                isOfProxy()
                        ? Ticket.ofProxy(context.admission().enterOfProxy())
                        : Ticket.direct(context.admission().enter(socket.getInetAddress()));
    }

    /// Whether the connection is one too many, and which answer that has.
    Admission.Decision admission() {
        return ticket.decision();
    }

    /// Whether the other end is a proxy which is believed when it says who its client is.
    final boolean isOfProxy() {
        return context().trust().proxies().trust(socket().getInetAddress());
    }

    /// A proxy says who its client is: the connection has a place among those of that client's
    /// address once it takes one ([#takePlace]). The connection's thread alone.
    final void actFor(InetSocketAddress client) {
        if (!client.equals(address())) {
            leavePlace();
            ticket = new Ticket(ticket.decision(), client, false);
        }
    }

    /// Takes a place among the connections of its client's address, unless it has one; afterwards
    /// [#admission] says whether there was one. The connection's thread alone.
    final void takePlace() {
        Ticket before = ticket;
        if (before.decision() == Admission.Decision.ADMITTED && !before.isCounted()) {
            Admission.Decision decision = context().admission().enterFor(address().getAddress());
            boolean isCounted = decision == Admission.Decision.ADMITTED;
            ticket = new Ticket(decision, before.client(), isCounted);
        }
    }

    private void leavePlace() {
        if (ticket.isCounted()) {
            context().admission().leavePlace(address().getAddress());
        }
    }

    /// The connection has become a WebSocket, whose threads run another loop from now on.
    ///
    /// @param sendBufferBytes of the socket; 0 leaves it to the system
    void upgrade(ConnectionLoop next, ClientSession session, int sendBufferBytes)
            throws IOException {
        beginPings(nowMillis());
        beginStay(nowMillis()); // before the wheel sees the session
        goOnAs(next);
        if (sendBufferBytes > 0) {
            socket().setSendBufferSize(sendBufferBytes);
        }
        opened(session);
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

    @Override
    boolean hasUnhandled() {
        try {
            // In this order: a thread that waits after that has handled all that came before.
            return socket().getInputStream().available() > 0 || isAtWork();
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean isAtWork() {
        Thread mine = thread;
        return mine != null && AT_WORK.contains(mine.getState());
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
        InetSocketAddress client = ticket.client();
        return client != null
                ? client
                : new InetSocketAddress(socket().getInetAddress(), socket().getPort());
    }

    /// The connection's thread; `null` before it runs.
    final @Nullable Thread thread() {
        return thread;
    }

    /// The connection's thread is the current one from now on.
    final void runsOnThisThread() {
        thread = Thread.currentThread();
    }

    /// The loop that the connection's thread runs; `null` before it runs.
    final @Nullable ConnectionLoop loop() {
        return loop;
    }

    /// The connection's thread does something from now on.
    final void goOnAs(ConnectionLoop next) {
        loop = next;
    }

    /// Gives back the place of this connection among all.
    final void release() {
        leavePlace();
        context().admission().release(ticket.decision());
    }

    /// The traffic of this WebSocket; `null` if it is none.
    @Nullable Traffic traffic() {
        ConnectionLoop now = loop;
        return now == null ? null : now.traffic(phase().words);
    }

    @Override
    @Nullable ClientSession session() {
        ConnectionLoop now = loop;
        return now == null ? null : now.session();
    }
}
