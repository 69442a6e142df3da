package dev.heddle.net.transport;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;

/// A descriptor that many threads use and any of them may close.
///
/// Once closed, its number belongs to the thread that opens something next. So nobody touches it
/// without having *entered*, nobody enters any more once closing has begun, and the last one who
/// *leaves* closes it. All of that is in one word, with what subclasses know of the socket.
///
/// It is the input stream of its connection, so that an idle connection holds one object less.
abstract class SharedDescriptor extends InputStream {
    /// Closing has begun: nobody enters any more.
    static final int CLOSED = 1;

    /// A thread receives, or waits to. One at a time.
    static final int READING = 1 << 1;

    /// A thread sends, or waits to. One at a time.
    static final int WRITING = 1 << 2;

    /// To be thrown away: what is not sent yet is lost, and the peer gets a reset.
    static final int ABORTIVE = 1 << 3;

    /// The peer has said that it sends nothing more, and we have received that.
    static final int AT_END = 1 << 4;

    /// We read nothing more, whatever comes.
    static final int INPUT_ENDED = 1 << 5;

    /// We write nothing more.
    static final int OUTPUT_ENDED = 1 << 6;

    /// Somebody has changed `TCP_NODELAY`, which is on from the beginning.
    static final int DELAYED = 1 << 7;

    /// The first bit that is a subclass's own. There are eight of them.
    static final int FIRST_FREE = 1 << 8;

    /// The count of one user of the descriptor beside reader and writer; the bits from here on
    /// count them.
    static final int USING = 1 << 16;

    private static final int ALL_USING = -USING;
    private static final long TURN_NANOS = 1_000_000L;

    private static final VarHandle STATE = stateHandle();

    private final int fd;
    private volatile int state;

    SharedDescriptor(int fd) {
        this.fd = fd;
    }

    private static VarHandle stateHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(SharedDescriptor.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /// Wakes whoever waits for this socket. Never blocks.
    abstract void wakeAll();

    /// Forgets the descriptor everywhere: its number will be another's. Never blocks.
    abstract void forget();

    /// The descriptor's number: only for a thread that has entered.
    public final int fd() {
        return fd;
    }

    /// All bits.
    final int state() {
        return state;
    }

    /// Whether one of these bits is set.
    final boolean is(int bits) {
        return (state & bits) != 0;
    }

    /// Sets bits.
    final void set(int bits) {
        STATE.getAndBitwiseOr(this, bits);
    }

    /// Clears bits.
    final void clear(int bits) {
        STATE.getAndBitwiseAnd(this, ~bits);
    }

    /// Begins to use the descriptor, until [#leave]; waits while another thread uses it for the
    /// same, if that is one at a time.
    ///
    /// @param use [#READING], [#WRITING] or [#USING]
    /// @throws SocketException when it is closed
    final void enter(int use) throws SocketException {
        while (!tryEnter(use)) {
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    private boolean tryEnter(int use) throws SocketException {
        int now = state;
        while ((now & CLOSED) == 0) {
            boolean isTaken = use == USING ? (now & ALL_USING) == ALL_USING : (now & use) != 0;
            if (isTaken) {
                return false;
            }
            int before = (int) STATE.compareAndExchange(this, now, now + use);
            if (before == now) {
                return true;
            }
            now = before;
        }
        throw closed();
    }

    /// Ends a use.
    final void leave(int use) {
        int after = (int) STATE.getAndAdd(this, -use) - use;
        if ((after & CLOSED) != 0 && !isUsed(after)) {
            forget();
            Libc.close(fd);
        }
    }

    private static boolean isUsed(int state) {
        return (state & (READING | WRITING | ALL_USING)) != 0;
    }

    /// The exception for a thread that comes too late.
    static SocketException closed() {
        return new SocketException("Socket closed");
    }

    /// Closes the socket: threads that wait for it are woken, and the last one inside closes the
    /// descriptor. Never blocks, unless somebody has set `SO_LINGER`.
    @Override
    public final void close() {
        int now = state;
        int before;
        do {
            if ((now & CLOSED) != 0) {
                return;
            }
            before = now;
            now = (int) STATE.compareAndExchange(this, before, (before | CLOSED) + USING);
        } while (now != before);
        try {
            if (saysSo(before)) {
                Libc.shutdown(fd, Libc.SHUT_WR);
            }
            wakeAll();
        } finally {
            leave(USING);
        }
    }

    /// Whether the peer has to be told first: because others may be inside for a while, or because
    /// the kernel resets a connection that is closed with something unread, and the peer may lose
    /// what was sent last.
    private boolean saysSo(int state) {
        boolean isTold = (state & (ABORTIVE | OUTPUT_ENDED)) != 0;
        return !isTold && (isUsed(state) || mayHaveUnread(state));
    }

    /// Whether there may be something that nobody has received.
    abstract boolean mayHaveUnread(int state);
}
