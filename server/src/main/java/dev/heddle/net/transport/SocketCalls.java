package dev.heddle.net.transport;

import static dev.heddle.net.transport.Libc.CRITICAL;
import static dev.heddle.net.transport.Libc.ERRNO;
import static dev.heddle.net.transport.Libc.function;
import static dev.heddle.net.transport.Libc.heap;
import static dev.heddle.net.transport.Libc.ints;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.BindException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// The functions of the C library that are called now and then, and so may be slow to call. They
/// throw what the JDK's sockets throw. None of them blocks.
final class SocketCalls {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final int SOCK_STREAM = 1;
    private static final int EACCES = 13;
    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;
    private static final int WORDS_BYTES = 256;

    private static final MethodHandle EPOLL_CREATE =
            function("epoll_create1", ints(JAVA_INT), ERRNO, CRITICAL);
    private static final MethodHandle SOCKET =
            function("socket", ints(JAVA_INT, JAVA_INT, JAVA_INT), ERRNO, CRITICAL);
    private static final MethodHandle BIND =
            function("bind", ints(JAVA_INT, ADDRESS, JAVA_INT), ERRNO, CRITICAL);
    private static final MethodHandle LISTEN =
            function("listen", ints(JAVA_INT, JAVA_INT), ERRNO, CRITICAL);
    private static final MethodHandle GETSOCKNAME =
            function("getsockname", ints(JAVA_INT, ADDRESS, ADDRESS), ERRNO, CRITICAL);
    private static final MethodHandle GETSOCKOPT =
            function(
                    "getsockopt",
                    ints(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
                    ERRNO,
                    CRITICAL);
    private static final MethodHandle STRERROR =
            function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private SocketCalls() {}

    /// A new epoll descriptor.
    static int epoll() throws IOException {
        return orThrow(call(EPOLL_CREATE, Libc.CLOSE_ON_EXEC));
    }

    /// A new socket, of [#AF_INET] or [#AF_INET6]; its calls block.
    static int socket(int family) throws SocketException {
        return orThrow(call(SOCKET, family, SOCK_STREAM | Libc.CLOSE_ON_EXEC, 0));
    }

    /// Whether this machine has IPv6, and the JDK is not told to do without.
    static boolean hasIpv6() {
        int fd = Boolean.getBoolean("java.net.preferIPv4Stack") ? -1 : tryIpv6();
        if (fd >= 0) {
            Libc.close(fd);
        }
        return fd >= 0;
    }

    private static int tryIpv6() {
        return call(SOCKET, AF_INET6, SOCK_STREAM | Libc.CLOSE_ON_EXEC, 0);
    }

    /// Binds a socket.
    ///
    /// @param address as the kernel has it: see [NativeAddress]
    static void bind(int fd, byte[] address) throws SocketException {
        orThrow(call(BIND, fd, MemorySegment.ofArray(address), address.length));
    }

    static void listen(int fd, int backlog) throws SocketException {
        orThrow(call(LISTEN, fd, backlog));
    }

    /// The local address of a socket, as the kernel has it: see [NativeAddress].
    static byte[] localAddress(int fd) throws SocketException {
        byte[] address = new byte[NativeAddress.MAX_BYTES];
        int[] length = {address.length};
        orThrow(call(GETSOCKNAME, fd, MemorySegment.ofArray(address), heap(length)));
        return address;
    }

    /// Reads an option.
    ///
    /// @param value what it is; its length is that of the option
    static int[] option(int fd, int level, int option, int[] value) throws SocketException {
        int[] length = {value.length * Integer.BYTES};
        orThrow(call(GETSOCKOPT, fd, level, option, heap(value), heap(length)));
        return value;
    }

    /// Throws what a call returned if that is an error: if it is negative.
    ///
    /// @return the same
    static int orThrow(int result) throws SocketException {
        if (result < 0) {
            throw exception(-result);
        }
        return result;
    }

    /// The exception that the JDK throws for this `errno`.
    static SocketException exception(int errno) {
        return switch (errno) {
            case EACCES, EADDRINUSE, EADDRNOTAVAIL -> new BindException(words(errno));
            default -> new SocketException(words(errno));
        };
    }

    @SuppressWarnings("restricted")
    private static String words(int errno) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
            return text.reinterpret(WORDS_BYTES).getString(0);
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    private static int call(MethodHandle function, Object... arguments) {
        int[] errno = new int[1];
        List<Object> all = new ArrayList<>(List.of(heap(errno)));
        all.addAll(List.of(arguments));
        try {
            int result = (int) function.invokeWithArguments(all);
            return result < 0 ? -errno[0] : result;
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }
}
