package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;

/// A TCP connection of a loop: connects, reads into the loop's buffer, and keeps what could not be
/// taken or written yet.
abstract sealed class Connection permits WebSocket, HttpClient {
    final Loop loop;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    // Bytes of an unfinished frame or head; bytes that the socket has not taken. Mostly none.
    private byte @Nullable [] untaken;
    private @Nullable ByteBuffer unwritten;
    private long begunNanos;

    Connection(Loop loop) {
        this.loop = loop;
    }

    /// When it began to connect.
    public final long begunNanos() {
        return begunNanos;
    }

    /// Whether all that was sent is in the kernel's hands.
    public final boolean isWritten() {
        return unwritten == null;
    }

    /// The TCP connection stands.
    abstract void connected();

    /// Takes whole frames or heads from what has come.
    ///
    /// @return how many of the bytes it took
    abstract int take(byte[] bytes, int from, int to, long now);

    /// The connection has ended, or could not be made.
    ///
    /// @param why null when the peer has sent its FIN
    abstract void broken(@Nullable IOException why, long now);

    final void begin(SocketChannel begun, long now) {
        channel = begun;
        key = null;
        untaken = null;
        unwritten = null;
        begunNanos = now;
    }

    final void register(SelectionKey registered) {
        key = registered;
    }

    /// Writes what the socket takes and keeps the rest. An error shows when it is read next.
    final void write(ByteBuffer bytes) {
        ByteBuffer kept = unwritten;
        if (kept != null) {
            unwritten = ByteBuffer.allocate(kept.remaining() + bytes.remaining());
            unwritten.put(kept).put(bytes).flip();
            return;
        }
        try {
            channel().write(bytes);
        } catch (IOException shownByRead) {
            return;
        }
        if (bytes.hasRemaining()) {
            unwritten = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            key().interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    /// Closes the socket without a word.
    final void closeSocket() {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException unclosed) {
            throw new IllegalStateException("a socket cannot be closed", unclosed);
        }
    }

    final void ready(SelectionKey ready) {
        if (!ready.isValid()) {
            return;
        }
        if (ready.isConnectable()) {
            finishConnecting();
            return;
        }
        if (ready.isWritable()) {
            writeRest();
        }
        if (ready.isValid() && ready.isReadable()) {
            read();
        }
    }

    private void finishConnecting() {
        try {
            channel().finishConnect();
        } catch (IOException unconnected) {
            broken(unconnected, System.nanoTime());
            return;
        }
        key().interestOps(SelectionKey.OP_READ);
        connected();
    }

    private void writeRest() {
        ByteBuffer rest = unwritten;
        if (rest != null) {
            try {
                channel().write(rest);
            } catch (IOException shownByRead) {
                rest.position(rest.limit());
            }
            if (rest.hasRemaining()) {
                return;
            }
            unwritten = null;
        }
        key().interestOps(SelectionKey.OP_READ);
    }

    private void read() {
        ByteBuffer input = loop.input.clear();
        byte[] before = untaken;
        if (before != null) {
            input.put(before);
        }
        int count;
        try {
            count = channel().read(input);
        } catch (IOException reset) {
            broken(reset, System.nanoTime());
            return;
        }
        long now = System.nanoTime();
        if (count < 0) {
            broken(null, now);
        } else if (count > 0) {
            loop.tally.add(Count.READS);
            loop.tally.add(Count.BYTES_IN, count);
            int end = input.position();
            byte[] received = loop.received;
            input.get(0, received, 0, end);
            keep(received, take(received, 0, end, now), end, now);
        }
    }

    private void keep(byte[] received, int taken, int end, long now) {
        if (taken == end || !channel().isOpen()) {
            untaken = null;
            return;
        }
        if (end - taken == received.length) {
            broken(new IOException("a message of more than %,d bytes".formatted(end)), now);
            return;
        }
        untaken = Arrays.copyOfRange(received, taken, end);
    }

    private SocketChannel channel() {
        return Objects.requireNonNull(channel);
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key);
    }
}
