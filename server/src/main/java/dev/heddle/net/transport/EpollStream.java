package dev.heddle.net.transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Objects;

/// One connection: what the peer sends, where it is, and a way to send to it.
///
/// **Thread-safe.** Reads take turns with each other, and so do writes. All that an idle connection
/// holds of the transport is this object: 40 bytes.
final class EpollStream extends ReadyDescriptor {
    /// The largest count of one call.
    private static final int MAX_BYTES = 1 << 20;

    private final int ipv4;
    private final @Nullable InetAddress ipv6;
    private final char port;
    private volatile int timeoutMillis;

    /// @param fd which has been accepted, and is the stream's from now on
    /// @param peer its address: see [NativeAddress]
    EpollStream(int fd, byte[] peer) {
        super(fd);
        boolean isIpv4 = NativeAddress.isIpv4(peer);
        this.ipv4 = isIpv4 ? NativeAddress.ipv4(peer) : 0;
        this.ipv6 = isIpv4 ? null : NativeAddress.host(peer);
        this.port = (char) NativeAddress.port(peer);
        Pollers.get().streams().put(this);
    }

    /// The peer's address.
    InetAddress host() {
        return ipv6 == null ? NativeAddress.host(ipv4) : ipv6;
    }

    /// The peer's port.
    int port() {
        return port;
    }

    /// How long a read waits at most, in milliseconds; 0 for ever.
    int timeoutMillis() {
        return timeoutMillis;
    }

    void setTimeoutMillis(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// Receives what has arrived, at least one byte; blocks until there is something.
    ///
    /// @return how many bytes; -1 when the peer has ended or we have
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        enter(READING);
        try {
            int now;
            while (((now = state()) & (CLOSED | INPUT_ENDED | AT_END)) == 0) {
                int count = isDrained(now) ? -Libc.EAGAIN : receive(bytes, offset, length);
                if (count != -Libc.EAGAIN) {
                    return count;
                }
                awaitReadable(timeoutMillis);
            }
            return endOfInput(now);
        } finally {
            leave(READING);
        }
    }

    /// Calls the kernel, and notes what that tells of the next time.
    ///
    /// @return how many bytes; -1 at the end, and `-EAGAIN` if nothing is there
    private int receive(byte[] bytes, int offset, int length) throws IOException {
        clear(READABLE | DRAINED);
        int asked = Math.min(length, MAX_BYTES);
        int count = Libc.receive(fd(), bytes, offset, asked);
        if (count == 0) {
            set(AT_END);
            return -1;
        }
        if (count < asked) {
            set(DRAINED);
        }
        return count == -Libc.EAGAIN ? count : SocketCalls.orThrow(count);
    }

    private static int endOfInput(int state) throws SocketException {
        if ((state & CLOSED) != 0) {
            throw closed();
        }
        return -1;
    }

    /// How many bytes have arrived that nobody has read. Never blocks.
    @Override
    public int available() throws IOException {
        enter(USING);
        try {
            return is(INPUT_ENDED | AT_END) ? 0 : SocketCalls.orThrow(Libc.unread(fd()));
        } finally {
            leave(USING);
        }
    }

    /// Whether the peer has acknowledged all that was sent. Never blocks.
    boolean isAcknowledged() throws IOException {
        enter(USING);
        try {
            return SocketCalls.orThrow(Libc.unacknowledged(fd())) == 0;
        } finally {
            leave(USING);
        }
    }

    /// Sends all of these bytes; blocks until the socket has taken them.
    void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        enter(WRITING);
        try {
            int end = offset + length;
            for (int at = offset; at < end; ) {
                int asked = Math.min(end - at, MAX_BYTES);
                int count = send(bytes, at, asked);
                at += count;
                if (count < asked) {
                    awaitWritable();
                }
            }
        } finally {
            leave(WRITING);
        }
    }

    /// @return how many bytes the socket has taken, perhaps none
    private int send(byte[] bytes, int offset, int length) throws IOException {
        int now = state();
        if ((now & CLOSED) != 0) {
            throw closed();
        }
        if ((now & OUTPUT_ENDED) != 0) {
            throw new SocketException("Socket output is shutdown");
        }
        clear(WRITABLE);
        int count = Libc.send(fd(), bytes, offset, length);
        return count == -Libc.EAGAIN ? 0 : SocketCalls.orThrow(count);
    }

    /// Sends nothing more: the peer has the end after what was sent. Never blocks.
    void endOutput() throws IOException {
        enter(USING);
        try {
            set(OUTPUT_ENDED);
            Libc.shutdown(fd(), Libc.SHUT_WR);
            wakeAll();
        } finally {
            leave(USING);
        }
    }
}
