package dev.heddle.net.transport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/// A plain [ServerSocket] whose connections are ours. **Thread-safe.**
///
/// Accepted sockets have `TCP_NODELAY` from the beginning, by inheritance. [#accept] blocks its
/// thread, which should be a platform thread.
final class EpollServerSocket extends ServerSocket {
    private static final int DEFAULT_BACKLOG = 50;
    private static final int MILLIS = 1_000;

    /// The listener's wait for a connection's first bytes, in seconds; the kernel takes the next
    /// step of its own retries.
    private static final int DEFERRED_SECONDS = 1;

    private final boolean isDeferred;
    private volatile @Nullable Listener listener;
    private volatile boolean isClosed;
    private volatile boolean reusesAddress = true;
    private volatile int timeoutMillis;
    private volatile @Nullable InetSocketAddress local;

    /// @param isDeferred whether a connection is accepted only when something has come on it, or a
    ///   second has passed
    EpollServerSocket(boolean isDeferred) throws IOException {
        this.isDeferred = isDeferred;
    }

    @Override
    public void bind(SocketAddress endpoint, int backlog) throws IOException {
        if (isClosed) {
            throw SharedDescriptor.closed();
        }
        if (isBound()) {
            throw new SocketException("Already bound");
        }
        InetSocketAddress address =
                endpoint == null ? new InetSocketAddress(0) : (InetSocketAddress) endpoint;
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        int family = family(address.getAddress());
        int fd = SocketCalls.socket(family);
        try {
            listen(fd, family, address, backlog < 1 ? DEFAULT_BACKLOG : backlog);
        } catch (IOException | RuntimeException | Error unbound) {
            Libc.close(fd);
            throw unbound;
        }
    }

    /// The wildcard takes IPv4 and IPv6, where the machine has both.
    private static int family(InetAddress host) throws SocketException {
        if (host instanceof Inet4Address && !host.isAnyLocalAddress()) {
            return SocketCalls.AF_INET;
        }
        if (host instanceof Inet4Address) {
            return SocketCalls.hasIpv6() ? SocketCalls.AF_INET6 : SocketCalls.AF_INET;
        }
        return SocketCalls.AF_INET6;
    }

    private void listen(int fd, int family, InetSocketAddress address, int backlog)
            throws IOException {
        if (family == SocketCalls.AF_INET6) {
            NativeOption.IPV6_ONLY.set(fd, 0);
        }
        NativeOption.REUSE_ADDRESS.set(fd, reusesAddress ? 1 : 0);
        NativeOption.NO_DELAY.set(fd, 1);
        if (isDeferred) {
            NativeOption.DEFER_ACCEPT.set(fd, DEFERRED_SECONDS);
        }
        SocketCalls.bind(fd, NativeAddress.encode(family, address));
        SocketCalls.listen(fd, backlog);
        InetSocketAddress bound = NativeAddress.decode(SocketCalls.localAddress(fd));
        local = new InetSocketAddress(address.getAddress(), bound.getPort());
        listener = new Listener(fd);
        setSoTimeout(timeoutMillis);
    }

    @Override
    public Socket accept() throws IOException {
        return new EpollSocket(listener().accept());
    }

    private Listener listener() throws SocketException {
        Listener bound = listener;
        if (isClosed) {
            throw SharedDescriptor.closed();
        }
        if (bound == null) {
            throw new SocketException("Socket is not bound yet");
        }
        return bound;
    }

    @Override
    public void close() {
        isClosed = true;
        Listener bound = listener;
        if (bound != null) {
            bound.close();
        }
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public boolean isBound() {
        return listener != null;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        InetSocketAddress bound = local;
        return bound == null ? null : bound.getAddress();
    }

    @Override
    public int getLocalPort() {
        InetSocketAddress bound = local;
        return bound == null ? -1 : bound.getPort();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public void setReuseAddress(boolean on) {
        reusesAddress = on;
    }

    @Override
    public boolean getReuseAddress() {
        return reusesAddress;
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        timeoutMillis = millis;
        Listener bound = listener;
        if (bound != null) {
            int fd = bound.enter();
            try {
                long seconds = millis / MILLIS;
                long micros = millis % MILLIS * 1_000L;
                NativeOption.RECEIVE_TIMEOUT.set(
                        fd, (int) seconds, 0, (int) micros, 0); // a timeval, little-endian
            } finally {
                bound.leave();
            }
        }
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setReceiveBufferSize(int bytes) throws SocketException {
        throw OptionedSocket.unsupported();
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        throw OptionedSocket.unsupported();
    }

    @Override
    public String toString() {
        return "ServerSocket[addr=" + getInetAddress() + ",localport=" + getLocalPort() + "]";
    }
}
