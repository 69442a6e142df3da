package dev.heddle.net;

import dev.heddle.support.TestTransport;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server socket of the loopback address, over the sockets of the tests, that knows when the
/// threads of all its connections wait for their peers. **Thread-safe.**
final class WatchedServerSocket extends ServerSocket {
    private final List<WatchedSocket> accepted = new CopyOnWriteArrayList<>();
    private final ServerSocket watched;

    WatchedServerSocket() throws IOException {
        watched = TestTransport.bind(50);
    }

    @Override
    public Socket accept() throws IOException {
        WatchedSocket socket = new WatchedSocket(watched.accept());
        accepted.add(socket);
        return socket;
    }

    @Override
    public int getLocalPort() {
        return watched.getLocalPort();
    }

    @Override
    public boolean isClosed() {
        return watched.isClosed();
    }

    @Override
    public void close() throws IOException {
        watched.close();
    }

    /// Whether every open connection is being read from and nothing has arrived on it.
    boolean isAtRest() throws IOException {
        accepted.removeIf(Socket::isClosed);
        for (WatchedSocket socket : accepted) {
            if (!socket.isAtRest()) {
                return false;
            }
        }
        return true;
    }

    /// Hands on all that a connection does with its socket.
    private static final class WatchedSocket extends Socket {
        private final Socket watched;
        private final InputStream input;
        private volatile @Nullable Thread reader;

        WatchedSocket(Socket watched) throws IOException {
            this.watched = watched;
            this.input = new WatchedInput(watched.getInputStream());
        }

        /// Whether a thread waits for bytes, and there are none. It must wait before and after they
        /// are looked for: one that has just taken the last of them has yet to do something.
        boolean isAtRest() throws IOException {
            return isReaderWaiting() && input.available() == 0 && isReaderWaiting();
        }

        private boolean isReaderWaiting() {
            Thread reading = reader;
            return reading != null && reading.getState() == Thread.State.WAITING;
        }

        /// @throws SocketException once its reading has been ended, as a socket does
        @Override
        public InputStream getInputStream() throws IOException {
            watched.getInputStream();
            return input;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return watched.getOutputStream();
        }

        @Override
        public @Nullable InetAddress getInetAddress() {
            return watched.getInetAddress();
        }

        @Override
        public int getPort() {
            return watched.getPort();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            watched.setTcpNoDelay(on);
        }

        @Override
        public void setSendBufferSize(int bytes) throws SocketException {
            watched.setSendBufferSize(bytes);
        }

        @Override
        public void shutdownInput() throws IOException {
            watched.shutdownInput();
        }

        @Override
        public void shutdownOutput() throws IOException {
            watched.shutdownOutput();
        }

        @Override
        public boolean isClosed() {
            return watched.isClosed();
        }

        @Override
        public void close() throws IOException {
            watched.close();
        }

        private final class WatchedInput extends FilterInputStream {
            WatchedInput(InputStream input) {
                super(input);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                reader = Thread.currentThread();
                try {
                    return super.read(bytes, offset, length);
                } finally {
                    reader = null;
                }
            }
        }
    }
}
