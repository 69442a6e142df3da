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
    private static final int RECEIVE_BUFFER_BYTES = 4096;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// An unasked pong, masked with zeros: it says that the client lives, as a client that is
    /// merely slow would.
    private static final byte[] PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    /// How a laggard reads.
    enum Habit {
        /// Everything there is, but only every two seconds. Its socket's buffers bridge the time.
        SLOW(Duration.ofSeconds(2), 1 << 20, 60),
        /// A kilobyte each second, which is less than what it is sent.
        TRICKLING(Duration.ofSeconds(1), 1 << 10, 120),
        /// Nothing for a minute.
        STALLED(Duration.ofSeconds(5), 0, 12);

        private final Duration pause;
        private final int bytes;
        private final int times;

        Habit(Duration pause, int bytes, int times) {
            this.pause = pause;
            this.bytes = bytes;
            this.times = times;
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                try (Socket socket = new Socket()) {
                    if (isEnded(socket)) {
                        ended.increment();
                    }
                } catch (IOException reset) {
                    ended.increment();
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException over) {
            // The soak is over.
        }
    }

    private boolean isEnded(Socket socket) throws IOException, InterruptedException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), TIMEOUT_MILLIS);
        socket.getOutputStream().write(handshake());
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[habit.bytes];
        for (int i = 0; i < habit.times; i++) {
            Thread.sleep(habit.pause);
            if (habit.bytes > 0 && !readSome(in, buffer)) {
                return true;
            }
            // Fails, if the server has ended the connection but its last words are still unread.
            socket.getOutputStream().write(PONG);
        }
        return false;
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
