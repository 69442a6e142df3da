package dev.heddle.net.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.util.Set;

/// The options of a [Socket] over an [EpollStream]. **Thread-safe.**
abstract class OptionedSocket extends Socket {
    private final EpollStream stream;

    OptionedSocket(EpollStream stream) throws SocketException {
        super((SocketImpl) null);
        this.stream = stream;
    }

    final EpollStream stream() {
        return stream;
    }

    private void set(NativeOption option, int... value) throws SocketException {
        stream.enter(SharedDescriptor.USING);
        try {
            option.set(stream.fd(), value);
        } finally {
            stream.leave(SharedDescriptor.USING);
        }
    }

    private int[] get(NativeOption option, int... value) throws SocketException {
        stream.enter(SharedDescriptor.USING);
        try {
            return option.get(stream.fd(), value);
        } finally {
            stream.leave(SharedDescriptor.USING);
        }
    }

    private void set(NativeOption option, boolean on) throws SocketException {
        set(option, on ? 1 : 0);
    }

    private boolean isSet(NativeOption option) throws SocketException {
        return get(option, 0)[0] != 0;
    }

    /// Costs nothing while nobody has switched it off: see [EpollServerSocket].
    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        if (!on || stream.is(SharedDescriptor.DELAYED)) {
            stream.set(SharedDescriptor.DELAYED);
            set(NativeOption.NO_DELAY, on);
        } else if (isClosed()) {
            throw SharedDescriptor.closed();
        }
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return isSet(NativeOption.NO_DELAY);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        if (on && seconds < 0) {
            throw new IllegalArgumentException("invalid value for SO_LINGER");
        }
        set(NativeOption.LINGER, on ? 1 : 0, seconds);
        if (on && seconds == 0) {
            stream.set(SharedDescriptor.ABORTIVE);
        } else {
            stream.clear(SharedDescriptor.ABORTIVE);
        }
    }

    @Override
    public int getSoLinger() throws SocketException {
        int[] linger = get(NativeOption.LINGER, 0, 0);
        return linger[0] == 0 ? -1 : linger[1];
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        if (isClosed()) {
            throw SharedDescriptor.closed();
        }
        if (millis < 0) {
            throw new IllegalArgumentException("timeout can't be negative");
        }
        stream.setTimeoutMillis(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        if (isClosed()) {
            throw SharedDescriptor.closed();
        }
        return stream.timeoutMillis();
    }

    @Override
    public void setSendBufferSize(int bytes) throws SocketException {
        set(NativeOption.SEND_BUFFER, positive(bytes));
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        return get(NativeOption.SEND_BUFFER, 0)[0];
    }

    @Override
    public void setReceiveBufferSize(int bytes) throws SocketException {
        set(NativeOption.RECEIVE_BUFFER, positive(bytes));
    }

    @Override
    public int getReceiveBufferSize() throws SocketException {
        return get(NativeOption.RECEIVE_BUFFER, 0)[0];
    }

    private static int positive(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("size <= 0");
        }
        return bytes;
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        set(NativeOption.KEEP_ALIVE, on);
    }

    @Override
    public boolean getKeepAlive() throws SocketException {
        return isSet(NativeOption.KEEP_ALIVE);
    }

    @Override
    public void setOOBInline(boolean on) throws SocketException {
        set(NativeOption.URGENT_INLINE, on);
    }

    @Override
    public boolean getOOBInline() throws SocketException {
        return isSet(NativeOption.URGENT_INLINE);
    }

    @Override
    public void setReuseAddress(boolean on) throws SocketException {
        set(NativeOption.REUSE_ADDRESS, on);
    }

    @Override
    public boolean getReuseAddress() throws SocketException {
        return isSet(NativeOption.REUSE_ADDRESS);
    }

    @Override
    public void setTrafficClass(int value) throws SocketException {
        throw unsupported();
    }

    @Override
    public int getTrafficClass() throws SocketException {
        throw unsupported();
    }

    @Override
    public void sendUrgentData(int data) throws IOException {
        throw unsupported();
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
        throw new UnsupportedOperationException(name.name());
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        throw new UnsupportedOperationException(name.name());
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    static SocketException unsupported() {
        return new SocketException("not supported by this transport");
    }
}
