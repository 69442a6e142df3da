package dev.heddle.net.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.Linker.Option;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The functions of the C library that the transport calls for each connection; [SocketCalls] has
/// the others.
///
/// They return what the function returns, or the negated `errno` when it fails. Only [#accept],
/// [#epollWait] and [#close] may block. The others are *critical* calls: those see Java's arrays
/// where they are, and hold up a safepoint until they return.
final class Libc {
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    /// For [#shutdown].
    static final int SHUT_WR = 1;

    /// For [#shutdown].
    static final int SHUT_RDWR = 2;

    static final int CLOSE_ON_EXEC = 0x80000;

    /// For [#epollWait].
    static final int MAX_EVENTS = 512;

    private static final int NON_BLOCKING = 0x800;
    private static final int RECEIVE_FLAGS = 0x40; // MSG_DONTWAIT
    private static final int SEND_FLAGS = 0x4040; // and MSG_NOSIGNAL
    private static final long FIONREAD = 0x541B;
    private static final long SIOCOUTQ = 0x5411;

    static final Option ERRNO = Option.captureCallState("errno");
    static final Option CRITICAL = Option.critical(true);

    private static final MethodHandle ACCEPT =
            function("accept4", ints(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT), ERRNO);
    private static final MethodHandle EPOLL_WAIT =
            function("epoll_wait", ints(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), ERRNO);
    private static final MethodHandle CLOSE = function("close", ints(JAVA_INT));
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = function("recv", TRANSFER, ERRNO, CRITICAL);
    private static final MethodHandle SEND = function("send", TRANSFER, ERRNO, CRITICAL);
    private static final MethodHandle EPOLL_CTL =
            function("epoll_ctl", ints(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS), ERRNO, CRITICAL);
    private static final MethodHandle SHUTDOWN =
            function("shutdown", ints(JAVA_INT, JAVA_INT), ERRNO, CRITICAL);
    private static final MethodHandle SETSOCKOPT =
            function(
                    "setsockopt",
                    ints(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                    ERRNO,
                    CRITICAL);
    private static final MethodHandle IOCTL =
            function(
                    "ioctl",
                    ints(JAVA_INT, JAVA_LONG, ADDRESS),
                    ERRNO,
                    CRITICAL,
                    Option.firstVariadicArg(2));

    private Libc() {}

    /// Accepts a connection, whose own calls never block; blocks until there is one.
    ///
    /// @param errno room for an `int`, off the heap
    /// @param address where the peer's address is written, off the heap
    /// @param length of that room in bytes, and then of the address, off the heap
    static int accept(int fd, MemorySegment errno, MemorySegment address, MemorySegment length) {
        int flags = NON_BLOCKING | CLOSE_ON_EXEC;
        try {
            int result = (int) ACCEPT.invokeExact(errno, fd, address, length, flags);
            return result < 0 ? -errno.get(JAVA_INT, 0) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// Waits for events.
    ///
    /// @param errno room for an `int`, off the heap
    /// @param events room for [#MAX_EVENTS], off the heap
    /// @param millis for how long; 0 not at all, -1 for ever
    /// @return how many there are
    static int epollWait(int fd, MemorySegment errno, MemorySegment events, int millis) {
        try {
            int result = (int) EPOLL_WAIT.invokeExact(errno, fd, events, MAX_EVENTS, millis);
            return result < 0 ? -errno.get(JAVA_INT, 0) : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// Closes a descriptor, whose number the next one may have from then on. Blocks for as long as
    /// `SO_LINGER` says.
    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(fd);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// Receives what has arrived: nothing is [#EAGAIN], and 0 the end.
    static int receive(int fd, byte[] bytes, int from, int count) {
        int[] errno = new int[1];
        MemorySegment to = MemorySegment.ofArray(bytes).asSlice(from, count);
        try {
            long result = (long) RECV.invokeExact(heap(errno), fd, to, (long) count, RECEIVE_FLAGS);
            return result < 0 ? -errno[0] : (int) result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// Sends what the socket has room for: none is [#EAGAIN].
    static int send(int fd, byte[] bytes, int from, int count) {
        int[] errno = new int[1];
        MemorySegment what = MemorySegment.ofArray(bytes).asSlice(from, count);
        try {
            long result = (long) SEND.invokeExact(heap(errno), fd, what, (long) count, SEND_FLAGS);
            return result < 0 ? -errno[0] : (int) result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int epollControl(int epoll, int operation, int fd, int[] event) {
        int[] errno = new int[1];
        try {
            int result =
                    (int) EPOLL_CTL.invokeExact(heap(errno), epoll, operation, fd, heap(event));
            return result < 0 ? -errno[0] : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int shutdown(int fd, int how) {
        int[] errno = new int[1];
        try {
            int result = (int) SHUTDOWN.invokeExact(heap(errno), fd, how);
            return result < 0 ? -errno[0] : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int setOption(int fd, int level, int option, int[] value) {
        int[] errno = new int[1];
        int bytes = value.length * Integer.BYTES;
        try {
            int result =
                    (int)
                            SETSOCKOPT.invokeExact(
                                    heap(errno), fd, level, option, heap(value), bytes);
            return result < 0 ? -errno[0] : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// How many bytes have arrived that nobody has received.
    static int unread(int fd) {
        return count(fd, FIONREAD);
    }

    /// How many bytes have been sent that the peer has not acknowledged.
    static int unacknowledged(int fd) {
        return count(fd, SIOCOUTQ);
    }

    private static int count(int fd, long what) {
        int[] errno = new int[1];
        int[] count = new int[1];
        try {
            int result = (int) IOCTL.invokeExact(heap(errno), fd, what, heap(count));
            return result < 0 ? -errno[0] : count[0];
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /// A function of the C library; [#ERRNO] puts a segment for the error before its arguments.
    @SuppressWarnings("restricted")
    static MethodHandle function(String name, FunctionDescriptor shape, Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
    }

    /// The shape of a function that returns an `int`.
    static FunctionDescriptor ints(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    static MemorySegment heap(int[] array) {
        return MemorySegment.ofArray(array);
    }

    /// An exception that no function of the C library throws: the JVM does, an [OutOfMemoryError]
    /// for instance.
    static RuntimeException unexpected(Throwable thrown) {
        switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(thrown);
        }
    }
}
