package dev.heddle.support;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The receiving side of a socket: blocks until bytes, end or deadline, and remembers what came.
/// **Not thread-safe.**
final class TimedInput {
    private final Socket socket;
    private final Transcript transcript = new Transcript();
    private final byte[] buffer = new byte[64 << 10];
    private int next;
    private int end;
    private long deadline;

    TimedInput(Socket socket) {
        this.socket = socket;
    }

    Transcript transcript() {
        return transcript;
    }

    /// Starts the clock of everything that is read from here on.
    void readWithin(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
    }

    /// The next byte, or -1 at the end of the stream.
    ///
    /// @throws SocketTimeoutException when the deadline has passed
    int read() throws IOException {
        return next < end || fill() ? buffer[next++] & 0xff : -1;
    }

    byte readByte() throws IOException {
        int octet = read();
        if (octet < 0) {
            throw new EOFException("the stream ended in the middle of a frame or head");
        }
        return (byte) octet;
    }

    byte[] readBytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            bytes[at++] = readByte();
            int ready = Math.min(length - at, end - next);
            System.arraycopy(buffer, next, bytes, at, ready);
            next += ready;
            at += ready;
        }
        return bytes;
    }

    private boolean fill() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("nothing more came in time");
        }
        socket.setSoTimeout((int) left);
        int count = socket.getInputStream().read(buffer, 0, buffer.length);
        if (count < 0) {
            return false;
        }
        transcript.add(buffer, 0, count);
        next = 0;
        end = count;
        return true;
    }
}
