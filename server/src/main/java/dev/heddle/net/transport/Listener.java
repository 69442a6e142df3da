package dev.heddle.net.transport;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// A listening descriptor. **Thread-safe**: one thread at a time accepts, and any may close.
final class Listener {
    private static final int CONNECTION_ABORTED = 103;

    private final int fd;
    private final ReentrantLock accepting = new ReentrantLock();

    // Off the heap, for who accepts.
    private final MemorySegment errno = Arena.ofAuto().allocate(JAVA_INT);
    private final MemorySegment peer = Arena.ofAuto().allocate(NativeAddress.MAX_BYTES, 8);
    private final MemorySegment length = Arena.ofAuto().allocate(JAVA_INT);

    // Under this object's lock.
    private boolean isClosed;
    private int users;

    /// @param fd which is the listener's from now on
    Listener(int fd) {
        this.fd = fd;
    }

    /// Accepts a connection; blocks until there is one, and a virtual thread keeps its carrier
    /// meanwhile.
    ///
    /// @throws SocketTimeoutException when `SO_RCVTIMEO` has passed
    /// @throws SocketException when it is closed, or there is none to be had
    EpollStream accept() throws IOException {
        accepting.lock();
        try {
            int result;
            do {
                result = tryAccept();
            } while (result == -Libc.EINTR || result == -CONNECTION_ABORTED);
            if (result == -Libc.EAGAIN) {
                throw new SocketTimeoutException("Accept timed out");
            }
            return stream(SocketCalls.orThrow(result));
        } finally {
            accepting.unlock();
        }
    }

    private int tryAccept() throws SocketException {
        enter();
        int result;
        try {
            length.set(JAVA_INT, 0, NativeAddress.MAX_BYTES);
            result = Libc.accept(fd, errno, peer, length);
        } finally {
            leave();
        }
        if (result < 0) {
            requireOpen(); // or the error is that it has been shut down
        }
        return result;
    }

    private EpollStream stream(int accepted) {
        try {
            return new EpollStream(accepted, peer.toArray(JAVA_BYTE));
        } catch (RuntimeException | Error bug) {
            Libc.close(accepted);
            throw bug;
        }
    }

    /// Lets the caller use the descriptor until [#leave].
    ///
    /// @return the descriptor
    /// @throws SocketException when it is closed
    synchronized int enter() throws SocketException {
        requireOpen();
        users++;
        return fd;
    }

    /// Ends what [#enter] began.
    synchronized void leave() {
        users--;
        closeIfUnused();
    }

    /// Listens no more; the thread that accepts is woken, and closes the descriptor. Never blocks.
    synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            Libc.shutdown(fd, Libc.SHUT_RDWR);
            closeIfUnused();
        }
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized void requireOpen() throws SocketException {
        if (isClosed) {
            throw SharedDescriptor.closed();
        }
    }

    private void closeIfUnused() {
        if (isClosed && users == 0) {
            Libc.close(fd);
        }
    }
}
