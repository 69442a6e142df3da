package dev.heddle.net;

import dev.heddle.frame.CloseCode;
import dev.heddle.http.Persistence;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.outbox.Transport;
import dev.heddle.session.Session;
import dev.heddle.telemetry.Traffic;
import dev.heddle.telemetry.event.ConnectionClosed;
import dev.heddle.telemetry.event.HandshakeRejected;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/// One socket and the virtual thread that reads it, from `accept` to the end.
///
/// The thread answers HTTP requests ([Requests]) until one of them is an accepted opening
/// handshake; a fresh one then receives messages ([Reception]). Whatever happens on it ends this
/// connection alone. Other threads write through [Transport], and the wheel enforces deadlines in
/// [#visit]; only the connection's own thread reads.
final class Connection extends TimingWheel.Entry
        implements Runnable, Transport, UnfinishedBytes.Peer {
    /// The states of a thread that runs, or waits for a carrier or a lock: not for its client.
    private static final Set<Thread.State> AT_WORK =
            EnumSet.of(Thread.State.RUNNABLE, Thread.State.BLOCKED);

    private final Socket socket;
    private final ServerContext context;
    private final Admission.Decision admission;
    private final long id;
    private final long openedEpochMillis = System.currentTimeMillis();

    // Written by the connection's thread, read by the wheel's.
    private volatile Phase phase = Phase.HEAD;
    private volatile int phaseSinceMillis;
    private volatile @Nullable Thread thread;
    private volatile int lastMessageMillis;
    private volatile @Nullable Reception reception;

    private volatile @Nullable Expiry expired;

    /// When the end began, or was last seen to wait for our own Close frame.
    private volatile int closingSinceMillis;

    /// Whether a ping was sent since the peer last showed life.
    private volatile boolean pinged;

    // When a ping was last sent, or else the session began. The wheel's alone from then on.
    private int pingedMillis;

    /// When the first ping was sent that is not answered; 0 if there is none.
    private volatile int pingedMicros;

    /// What had been sent before that ping, and before the last one that was answered. The
    /// difference is what the peer may still have to read before it sees a ping; it wraps around.
    private int pingedBytes;

    private volatile int readBytes;

    /// @param id names it for as long as this process lives
    Connection(long id, Socket socket, ServerContext context) {
        this.id = id;
        this.socket = socket;
        this.context = context;
        this.admission = context.admission().enter(socket.getInetAddress());
        this.phaseSinceMillis = context.wheel().nowMillis();
    }

    /// Starts the connection's thread and its deadlines.
    void start() {
        if (admission == Admission.Decision.TURNED_AWAY) {
            rejected(Requests.TOO_MANY_TO_BE_TOLD, 0);
            end();
            return;
        }
        context.wheel().schedule(this, Math.min(timeouts().hurriedHead(), timeouts().period()));
        handshakes().started();
        try {
            Thread.startVirtualThread(this);
        } catch (RuntimeException | Error unstarted) {
            handshakes().hasTurn();
            throw unstarted;
        }
    }

    /// The life of each of the connection's threads. The first one answers requests; a WebSocket
    /// goes on with a fresh one, and again whenever it has rested: a thread keeps the largest stack
    /// that it ever waited with. All of them run this one class, so that what they wait in can be
    /// compiled into a single frame.
    @Override
    public void run() {
        thread = Thread.currentThread();
        Reception receiving = reception;
        boolean goesOn = false;
        try {
            if (receiving == null ? answerRequests() : receiving.awaitMessages(input())) {
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
        socket.setTcpNoDelay(true);
        return new Requests(this, context).serve(input(), admission);
    }

    /// What all connections share.
    ServerContext context() {
        return context;
    }

    /// What the peer sends, for the connection's thread alone.
    InputStream input() throws IOException {
        return socket.getInputStream();
    }

    /// The connection's thread cannot go on: the peer is gone, or the bug is ours, which the peer
    /// is told.
    private void failed(Throwable failure) {
        if (failure instanceof IOException) {
            abort();
        } else {
            context.counters().bug(failure);
            sayInternalError();
        }
    }

    /// The connection has become a WebSocket, which this receives for.
    void upgrade(Reception opened) throws IOException {
        pingedMillis = nowMillis();
        reception = opened;
        int buffer = opened.sending().bufferBytes();
        if (buffer > 0) {
            socket.setSendBufferSize(buffer);
        }
        lastMessageMillis = nowMillis();
        int left = opened.session().visit(nowMillis());
        if (left < timeouts().period()) {
            visitWithin(left);
        }
    }

    /// The connection's thread begins something else, under another deadline.
    void enter(Phase next) {
        phaseSinceMillis = nowMillis();
        phase = next;
        pinged = false;
    }

    /// Whether a ping of ours was sent since the connection's thread began to rest.
    boolean isPinged() {
        return pinged;
    }

    /// A pong has arrived.
    void ponged() {
        int sent = pingedMicros;
        if (sent != 0) {
            readBytes = pingedBytes;
            pingedMicros = 0;
            context.counters().times.ping(Integer.toUnsignedLong(nowMicros() - sent) * 1_000);
        }
    }

    /// Counts a refused request.
    ///
    /// @param status of HTTP; 0 if there was no response
    void rejected(String reason, int status) {
        rejected(reason, status, "");
    }

    /// Counts a refused request.
    ///
    /// @param remedy the setting that would have let it in; empty if none would
    void rejected(String reason, int status, String remedy) {
        context.counters().handshakeRejected(reason);
        HandshakeRejected.emit(id, peer(), reason, status, remedy);
        if (!remedy.isEmpty()) {
            context.counters().pageRefused(remedy);
        }
    }

    /// A whole message has arrived: the idle deadline starts anew.
    void messageArrived() {
        lastMessageMillis = nowMillis();
    }

    /// Why we have ended the reading, or `null` when it was the peer.
    @Nullable Expiry expired() {
        return expired;
    }

    /// Tells the client to go away: a WebSocket gets 1001 after what is queued for it, anything
    /// else ends after the response that is under way. Never blocks.
    void goAway() {
        Session open = session();
        if (open != null) {
            open.goAway();
        } else if (expired == null) {
            context.wheel().hasten(this, expire(Expiry.GOING_AWAY));
        }
    }

    @Override
    public InetAddress address() {
        return socket.getInetAddress();
    }

    @Override
    public boolean hasUnhandled() {
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

    @Override
    public void sendAway() {
        context.counters().unfinishedSentAway.increment();
        context.wheel().hasten(this, expire(Expiry.NO_ROOM));
    }

    @Override
    public boolean isOver() {
        Session open = session();
        return isUnreadable() || open == null || !open.isOpen();
    }

    /// Whether nothing more can be read: we have ended the reading, or the peer is gone.
    boolean isUnreadable() {
        return expired != null || socket.isClosed();
    }

    @Override
    public int waits() {
        context.counters().unfinishedWaits.increment();
        phase = Phase.HANDLING; // it has no deadline
        return nowMillis();
    }

    @Override
    public void goesOn(int since) {
        int sinceMillis = phaseSinceMillis;
        phaseSinceMillis = sinceMillis + nowMillis() - since;
        phase = Phase.IN_MESSAGE;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public void abort() {
        try {
            socket.close();
        } catch (IOException unclosed) {
            context.counters().bug(unclosed);
        }
    }

    @Override
    public void closeQueued() {
        closingSinceMillis = nowMillis();
        context.wheel().hasten(this, timeouts().close());
    }

    @Override
    public void visitWithin(int millis) {
        context.wheel().hasten(this, millis);
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
    public InetSocketAddress peer() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getPort());
    }

    @Override
    public int nowMillis() {
        return context.wheel().nowMillis();
    }

    /// Says that nothing more will be written, and reads what the peer still sends, for as long as
    /// the close deadline and a bound in bytes allow. Closing at once instead would make TCP throw
    /// away what the peer has not read yet, our Close frame or response among it.
    void linger(InputStream in) throws IOException {
        enter(Phase.LINGERING);
        closeQueued();
        socket.shutdownOutput();
        byte[] scratch = context.largeBuffers().borrow();
        try {
            new Lingering().readAway(in, scratch);
        } finally {
            context.largeBuffers().giveBack(scratch);
        }
    }

    /// Ends the connection and lets go of all that it held.
    void end() {
        abort();
        context.wheel().cancel(this);
        Session ended = session();
        if (ended != null) {
            try {
                ConnectionClosed.emit(this::traffic, ended.closeCode(), initiator(ended));
                ended.end();
            } catch (RuntimeException | Error bug) {
                context.counters().bug(bug);
            }
        }
        // The last thing: who waits until no connection is left waits for all of the above.
        context.admission().release(socket.getInetAddress(), admission);
    }

    /// Wraps around every 71 minutes.
    private static int nowMicros() {
        return (int) (System.nanoTime() / 1_000);
    }

    /// Who has begun the end.
    private String initiator(Session ended) {
        return expired == null ? ended.closeInitiator() : "server";
    }

    /// What the connection's thread is doing.
    Phase phase() {
        return phase;
    }

    /// The connection's thread; `null` before it runs.
    @Nullable Thread thread() {
        return thread;
    }

    /// What there is to say about this WebSocket; `null` if it is none.
    @Nullable Traffic traffic() {
        Reception receiving = reception;
        return receiving == null ? null : receiving.traffic(phase.words);
    }

    /// Enforces the deadlines, on the wheel's thread.
    @Override
    int visit(int nowMillis) {
        Session open = session();
        Phase now = phase; // read before its beginning, which so is never an older phase's
        int sinceMillis = phaseSinceMillis;
        int writeLeft = open == null ? timeouts().period() : writeLeft(open, nowMillis);
        if (writeLeft <= 0) {
            return abortNow();
        }
        int sessionLeft = open == null ? timeouts().period() : open.visit(nowMillis);
        boolean isEnding = expired != null || (open != null && !open.isOpen());
        int left =
                isEnding && now != Phase.LINGERING
                        ? visitEnding(open, nowMillis)
                        : visit(now, nowMillis, sinceMillis);
        return Math.min(Math.min(timeouts().period(), sessionLeft), Math.min(left, writeLeft));
    }

    private int visit(Phase now, int nowMillis, int sinceMillis) {
        int age = nowMillis - sinceMillis;
        return switch (now) {
            case HEAD -> visitHead(age);
            case RESPONDING -> age < timeouts().write() ? timeouts().write() - age : abortNow();
            case AT_REST -> visitAtRest(nowMillis, sinceMillis);
            case IN_MESSAGE ->
                    age < timeouts().message()
                            ? timeouts().message() - age
                            : expire(Expiry.MESSAGE);
            case HANDLING -> timeouts().period();
            case LINGERING -> age < timeouts().close() ? timeouts().close() - age : abortNow();
        };
    }

    /// A head has less time while descriptors or connections are used up.
    private int visitHead(int age) {
        int hurried = timeouts().hurriedHead();
        int head = context.admission().isToHurry() ? hurried : timeouts().head();
        return age < head ? Math.min(head - age, hurried) : expire(Expiry.HEAD);
    }

    /// How long the write that is under way may still last.
    private int writeLeft(Session open, int nowMillis) {
        int started = open.outbox().writeStartedMillis();
        return started == 0 ? timeouts().write() : timeouts().write() - (nowMillis - started);
    }

    /// A deadline has passed, or a Close frame of ours is queued: once everything is written, the
    /// connection's thread and the peer have the close deadline to come to an end. Until the frame
    /// is queued it is that thread which has not had its turn, not the peer: it has longer.
    private int visitEnding(@Nullable Session open, int nowMillis) {
        if (open != null && !open.outbox().isFlushed()) {
            closingSinceMillis = nowMillis;
        }
        boolean isUntold = open != null && open.isOpen();
        int bound =
                isUntold ? Math.max(timeouts().close(), timeouts().write()) : timeouts().close();
        int left = bound - (nowMillis - closingSinceMillis);
        return left > 0 ? left : abortNow();
    }

    private int visitAtRest(int nowMillis, int sinceMillis) {
        int idleLeft = timeouts().idle() - (nowMillis - lastMessageMillis);
        if (timeouts().idle() == 0) {
            return pingLeft(nowMillis, sinceMillis);
        }
        return idleLeft > 0
                ? Math.min(idleLeft, pingLeft(nowMillis, sinceMillis))
                : expire(Expiry.IDLE);
    }

    private int pingLeft(int nowMillis, int sinceMillis) {
        int rest = nowMillis - sinceMillis;
        Session open = session();
        if (open == null || timeouts().ping() == 0) {
            return timeouts().period();
        }
        int unread = (int) open.outbox().bytesOut() - readBytes;
        int waited = nowMillis - pingedMillis;
        if (pinged) {
            int left = timeouts().pong() + timeouts().reading(unread) - waited;
            return left > 0 ? left : expire(Expiry.PONG);
        }
        boolean asksWhatIsRead =
                pingedMicros == 0 && unread > Timeouts.MUCH && waited > timeouts().ping();
        return rest < timeouts().ping() && !asksWhatIsRead
                ? timeouts().ping() - rest
                : ping(open, nowMillis);
    }

    private int ping(Session open, int nowMillis) {
        boolean isFirst = pingedMicros == 0;
        if (isFirst) {
            pingedBytes = (int) open.outbox().bytesOut();
            pingedMicros = nowMicros() | 1;
        }
        pingedMillis = nowMillis;
        pinged = true; // before the ping leaves, or a quick pong could come first
        if (!open.outbox().offerPing()) {
            pinged = false;
            pingedMicros = isFirst ? 0 : pingedMicros;
        }
        return timeouts().pong();
    }

    private int expire(Expiry expiry) {
        closingSinceMillis = nowMillis();
        expired = expiry;
        try {
            socket.shutdownInput();
        } catch (IOException gone) {
            return abortNow();
        }
        return timeouts().close();
    }

    private int abortNow() {
        abort();
        return timeouts().period();
    }

    private void sayInternalError() {
        try {
            Session open = session();
            if (open == null) {
                enter(Phase.RESPONDING);
                write(Response.text(Status.INTERNAL_SERVER_ERROR, "internal error"));
            } else {
                open.close(CloseCode.INTERNAL_ERROR, "internal error");
                open.outbox().awaitFlushed();
            }
            linger(input());
        } catch (IOException gone) {
            abort();
        } catch (RuntimeException | Error again) {
            context.counters().bug(again);
        }
    }

    private void write(Response response) throws IOException {
        byte[] bytes = response.encode(true, Persistence.CLOSED);
        write(bytes, 0, bytes.length);
    }

    private @Nullable Session session() {
        Reception receiving = reception;
        return receiving == null ? null : receiving.session();
    }

    private Handshakes handshakes() {
        return context.admission().handshakes();
    }

    private Timeouts timeouts() {
        return context.timeouts();
    }
}
