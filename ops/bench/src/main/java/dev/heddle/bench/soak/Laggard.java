package dev.heddle.bench.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// A client that subscribes and does not read as it should, again and again, until its thread is
/// interrupted. Blocks; each runs on a virtual thread of its own.
///
/// @param uri what it connects to
/// @param habit how it reads
/// @param ended counts how often the server ended it
record Laggard(URI uri, Habit habit, LongAdder ended) implements Runnable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// An unasked pong, masked with zeros: it says that the client lives, as a client that is
    /// merely slow would.
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    /// How a laggard reads.
    enum Habit {
        /// Everything there is, but only every two seconds. Its socket's buffer bridges the time.
        SLOW(Duration.ofSeconds(2), 1 << 20, 1 << 18),
        /// A kilobyte each second, which is less than what it is sent.
        TRICKLING(Duration.ofSeconds(1), 1 << 10, 1 << 12),
        /// Nothing.
        STALLED(Duration.ofSeconds(5), 0, 1 << 12);

        private final Duration pause;
        private final int bytes;
        private final int receiveBufferBytes;

        Habit(Duration pause, int bytes, int receiveBufferBytes) {
            this.pause = pause;
            this.bytes = bytes;
            this.receiveBufferBytes = receiveBufferBytes;
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                try (Socket socket = connect()) {
                    lag(socket);
                    if (!Thread.currentThread().isInterrupted()) {
                        ended.increment();
                    }
                } catch (IOException refused) {
                    // Comes again, as it does when it was ended.
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException over) {
            // The soak is over.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(habit.receiveBufferBytes);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
            socket.getOutputStream().write(handshake());
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /// Goes on until the server ends the connection.
    private void lag(Socket socket) throws InterruptedException {
        byte[] buffer = new byte[habit.bytes];
        try {
            do {
                Thread.sleep(habit.pause);
                // Fails, if the server has ended the connection but its last words are unread.
                socket.getOutputStream().write(PONG);
            } while (habit.bytes == 0 || readSome(socket.getInputStream(), buffer));
        } catch (IOException reset) {
            // So it has ended.
        }
    }

    /// Reads what there is, up to the buffer's length; nothing for a while is not an end.
    private static boolean readSome(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        try {
            do {
                int read = in.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    return false;
                }
                length += read;
            } while (length < buffer.length && in.available() > 0);
        } catch (SocketTimeoutException quiet) {
            return true;
        }
        return true;
    }

    private byte[] handshake() {
        return """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """
                .formatted(uri.getPath(), uri.getHost(), uri.getPort())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
