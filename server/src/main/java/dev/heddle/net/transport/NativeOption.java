package dev.heddle.net.transport;

import java.net.SocketException;

/// An option of sockets, as the kernel numbers it.
///
/// @param level of the protocol
/// @param number among the level's
record NativeOption(int level, int number) {
    private static final int OF_SOCKETS = 1;
    private static final int OF_IPV6 = 41;
    private static final int OF_TCP = 6;

    static final NativeOption REUSE_ADDRESS = new NativeOption(OF_SOCKETS, 2);
    static final NativeOption SEND_BUFFER = new NativeOption(OF_SOCKETS, 7);
    static final NativeOption RECEIVE_BUFFER = new NativeOption(OF_SOCKETS, 8);
    static final NativeOption KEEP_ALIVE = new NativeOption(OF_SOCKETS, 9);
    static final NativeOption URGENT_INLINE = new NativeOption(OF_SOCKETS, 10);
    static final NativeOption LINGER = new NativeOption(OF_SOCKETS, 13);
    static final NativeOption RECEIVE_TIMEOUT = new NativeOption(OF_SOCKETS, 20);
    static final NativeOption NO_DELAY = new NativeOption(OF_TCP, 1);
    static final NativeOption DEFER_ACCEPT = new NativeOption(OF_TCP, 9);
    static final NativeOption IPV6_ONLY = new NativeOption(OF_IPV6, 26);

    /// Sets the option; only for a thread that has entered.
    void set(int fd, int... value) throws SocketException {
        SocketCalls.orThrow(Libc.setOption(fd, level, number, value));
    }

    /// Reads the option into this array, which is as long as its value; only for a thread that has
    /// entered.
    int[] get(int fd, int... value) throws SocketException {
        return SocketCalls.option(fd, level, number, value);
    }
}
