package dev.heddle.net;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server socket of the loopback address that knows when the threads of all its connections wait
/// for their peers. **Thread-safe.**
final class WatchedServerSocket extends ServerSocket {
    private final List<WatchedSocket> accepted = new CopyOnWriteArrayList<>();

    WatchedServerSocket() throws IOException {
        super(0, 50, InetAddress.getLoopbackAddress());
    }

    @Override
    public Socket accept() throws IOException {
        WatchedSocket socket = new WatchedSocket();
        implAccept(socket);
        accepted.add(socket);
        return socket;
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

    private static final class WatchedSocket extends Socket {
        private volatile @Nullable Thread reader;

        /// Whether a thread waits for bytes, and there are none. It must wait before and after they
        /// are looked for: one that has just taken the last of them has yet to do something.
        boolean isAtRest() throws IOException {
            return isReaderWaiting()
                    && super.getInputStream().available() == 0
                    && isReaderWaiting();
        }

        private boolean isReaderWaiting() {
            Thread reading = reader;
            return reading != null && reading.getState() == Thread.State.WAITING;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
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
            };
        }
    }
}
