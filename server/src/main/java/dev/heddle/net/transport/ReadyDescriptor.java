package dev.heddle.net.transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A descriptor whose readers and writers can wait: a poller tells it what has happened.
///
/// It is registered when a thread waits for the first time, and then stays so. The kernel tells
/// each change once (edges), so nothing may be missed: a thread clears [#READABLE] or [#WRITABLE],
/// *then* calls the kernel, and waits only while the bit is still clear. An event after the call
/// sets it. An event that was meant for an earlier owner of the same number does no harm: it wakes
/// somebody who looks, finds nothing, and waits again.
abstract class ReadyDescriptor extends SharedDescriptor implements Watched {
    /// Something may have come since it was cleared.
    static final int READABLE = FIRST_FREE;

    /// There may be room since it was cleared.
    static final int WRITABLE = FIRST_FREE << 1;

    /// The peer has ended or is gone: from then on a short read does not mean that nothing is left.
    static final int HUNG_UP = FIRST_FREE << 2;

    /// The last read took all there was.
    static final int DRAINED = FIRST_FREE << 3;

    private static final int IN_WATCHED = FIRST_FREE << 4;
    private static final int OUT_WATCHED = FIRST_FREE << 5;
    private static final int ENDS = Epoll.PEER_ENDED | Epoll.HANGUP | Epoll.ERROR;
    private static final long NANOS_IN_MILLI = 1_000_000L;

    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;

    ReadyDescriptor(int fd) {
        super(fd);
    }

    @Override
    public final void happened(int mask) {
        boolean hasEnded = (mask & ENDS) != 0;
        boolean isReadable = hasEnded || (mask & Epoll.IN) != 0;
        boolean isWritable = hasEnded || (mask & Epoll.OUT) != 0;
        set((hasEnded ? HUNG_UP : 0) | (isReadable ? READABLE : 0) | (isWritable ? WRITABLE : 0));
        if (isReadable) {
            LockSupport.unpark(reader);
        }
        if (isWritable) {
            LockSupport.unpark(writer);
        }
    }

    @Override
    final void wakeAll() {
        LockSupport.unpark(reader);
        LockSupport.unpark(writer);
    }

    @Override
    final void forget() {
        Pollers.get().streams().remove(fd());
    }

    @Override
    final boolean mayHaveUnread(int state) {
        return (state & INPUT_ENDED) != 0 || (state & (AT_END | DRAINED)) == 0;
    }

    /// Whether a read would find nothing.
    static boolean isDrained(int state) {
        return (state & (DRAINED | READABLE | HUNG_UP)) == DRAINED;
    }

    /// Ends the reading: the reader finds the end from now on. Never blocks.
    final void endInput() {
        set(INPUT_ENDED);
        LockSupport.unpark(reader);
    }

    /// Waits until bytes may have come, or the reading has ended. Only for a thread that has
    /// entered to read.
    ///
    /// @param timeoutMillis 0 for ever
    final void awaitReadable(int timeoutMillis) throws IOException {
        watch(IN_WATCHED);
        long endNanos = System.nanoTime() + timeoutMillis * NANOS_IN_MILLI;
        reader = Thread.currentThread();
        boolean wasInterrupted = false;
        try {
            while (!is(READABLE | CLOSED | INPUT_ENDED)) {
                if (timeoutMillis == 0) {
                    LockSupport.park();
                } else {
                    parkUntil(endNanos);
                }
                wasInterrupted |= isInterrupted();
            }
        } finally {
            reader = null;
            restore(wasInterrupted);
        }
    }

    /// Waits until there may be room. Only for a thread that has entered to write.
    final void awaitWritable() throws IOException {
        watch(IN_WATCHED | OUT_WATCHED);
        writer = Thread.currentThread();
        boolean wasInterrupted = false;
        try {
            while (!is(WRITABLE | CLOSED | OUTPUT_ENDED)) {
                LockSupport.park();
                wasInterrupted |= isInterrupted();
            }
        } finally {
            writer = null;
            restore(wasInterrupted);
        }
    }

    private static void parkUntil(long endNanos) throws SocketTimeoutException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        LockSupport.parkNanos(left);
    }

    /// An interrupt closes the socket that a virtual thread waits for, and does nothing to a
    /// platform thread: so it is with the JDK's sockets.
    ///
    /// @return whether there was one, which is cleared
    private boolean isInterrupted() throws SocketException {
        if (!Thread.currentThread().isInterrupted()) {
            return false;
        }
        if (Thread.currentThread().isVirtual()) {
            close();
            throw new SocketException("Closed by interrupt");
        }
        return Thread.interrupted();
    }

    private static void restore(boolean wasInterrupted) {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(int wanted) throws IOException {
        if ((state() & wanted) != wanted) {
            watchMore(wanted);
        }
    }

    /// Readers and writers may come at the same time.
    private synchronized void watchMore(int wanted) throws IOException {
        int watched = state() & (IN_WATCHED | OUT_WATCHED);
        int all = watched | wanted;
        if (all == watched) {
            return;
        }
        int mask =
                Epoll.EDGE
                        | Epoll.IN
                        | Epoll.PEER_ENDED
                        | ((all & OUT_WATCHED) != 0 ? Epoll.OUT : 0);
        Epoll epoll = Pollers.get().epoll(fd());
        if (watched == 0) {
            epoll.add(fd(), mask, fd());
        } else {
            epoll.change(fd(), mask, fd());
        }
        set(all);
    }
}
