package dev.heddle.net.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;

/// A plain socket over an [EpollStream], as [EpollServerSocket] accepts them. **Thread-safe.**
///
/// It behaves as the JDK's do, but for a few things: small writes leave at once from the beginning
/// (`TCP_NODELAY`), JFR sees neither reads nor writes, and a thread that writes while another one
/// does may wait for a millisecond. It has been accepted, so it can neither connect nor bind.
final class EpollSocket extends OptionedSocket {
    private static final String CLOSED = "Socket is closed";

    EpollSocket(EpollStream stream) throws SocketException {
        super(stream);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        if (isInputShutdown()) {
            throw new SocketException("Socket input is shutdown");
        }
        return stream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        if (isOutputShutdown()) {
            throw new SocketException("Socket output is shutdown");
        }
        return new Output(stream());
    }

    private static final class Output extends OutputStream {
        private final EpollStream stream;

        Output(EpollStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        if (isInputShutdown()) {
            throw new SocketException("Socket input is already shutdown");
        }
        stream().endInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        requireOpen();
        if (isOutputShutdown()) {
            throw new SocketException("Socket output is already shutdown");
        }
        stream().endOutput();
    }

    @Override
    public void close() {
        stream().close();
    }

    @Override
    public InetAddress getInetAddress() {
        return stream().host();
    }

    @Override
    public int getPort() {
        return stream().port();
    }

    @Override
    public InetAddress getLocalAddress() {
        return local().getAddress();
    }

    @Override
    public int getLocalPort() {
        return local().getPort();
    }

    /// The wildcard address and no port once it is closed.
    private InetSocketAddress local() {
        try {
            stream().enter(SharedDescriptor.USING);
            try {
                return NativeAddress.decode(SocketCalls.localAddress(stream().fd()));
            } finally {
                stream().leave(SharedDescriptor.USING);
            }
        } catch (SocketException closed) {
            return new InetSocketAddress(0);
        }
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return stream().is(SharedDescriptor.CLOSED);
    }

    @Override
    public boolean isInputShutdown() {
        return stream().is(SharedDescriptor.INPUT_ENDED);
    }

    @Override
    public boolean isOutputShutdown() {
        return stream().is(SharedDescriptor.OUTPUT_ENDED);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        throw new SocketException("already connected");
    }

    @Override
    public void bind(SocketAddress address) throws IOException {
        throw new SocketException("Already bound");
    }

    @Override
    public String toString() {
        return "Socket[addr=" + getInetAddress() + ",port=" + getPort() + "]";
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException(CLOSED);
        }
    }
}
