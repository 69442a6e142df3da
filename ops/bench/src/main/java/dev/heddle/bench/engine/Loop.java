package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The selector and what all connections of a thread share. Belongs to one thread, but for
/// [#wakeUp].
public final class Loop implements AutoCloseable {
    private static final int READ_BYTES = 256 * 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_NAP_NANOS = 50_000;

    final ByteBuffer input;
    // What was read, copied once: bytes of an array are cheaper to look at, one by one.
    final byte[] received;
    final FrameWriter frames;
    // What compresses, if that is offered.
    final @Nullable Compression compression;
    final Tally tally;
    final Target target;
    final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    private final Selector selector;
    private final InetSocketAddress server;
    private final List<InetAddress> sources;
    private final Consumer<SelectionKey> handle = Loop::handle;
    private int opened;

    /// @param target what all connections connect to
    /// @param longestMessageBytes the longest message that is sent or expected
    /// @param tally where everything is counted
    public Loop(Target target, int longestMessageBytes, Tally tally) throws IOException {
        this.target = target;
        this.tally = tally;
        this.server = target.address();
        this.sources = target.sourceAddresses();
        this.input = ByteBuffer.allocateDirect(Math.max(READ_BYTES, 2 * longestMessageBytes));
        this.received = new byte[input.capacity()];
        this.frames = new FrameWriter(longestMessageBytes, random);
        this.compression =
                Compression.isOfferedBy(target) ? new Compression(longestMessageBytes) : null;
        this.selector = Selector.open();
    }

    /// Handles what is ready; waits for it at most `waitNanos`. Below a millisecond it naps in
    /// between, because a selector's shortest wait is that long.
    public void turn(long waitNanos) throws IOException {
        if (waitNanos >= NANOS_PER_MILLI) {
            selector.select(handle, waitNanos / NANOS_PER_MILLI);
        } else if (selector.selectNow(handle) == 0 && waitNanos > 0) {
            LockSupport.parkNanos(Math.min(waitNanos, LONGEST_NAP_NANOS));
        }
    }

    /// How long a connection may take to open.
    public double handshakeSeconds() {
        return target.handshakeSeconds();
    }

    /// Ends the wait of [#turn]. **Thread-safe.**
    public void wakeUp() {
        selector.wakeup();
    }

    /// Closes the selector; connections that are open then stay so until they are closed.
    @Override
    public void close() throws IOException {
        if (compression != null) {
            compression.close();
        }
        selector.close();
    }

    /// Begins to connect; the next local address is used.
    void connect(Connection connection, long now) {
        try {
            SocketChannel channel = SocketChannel.open();
            connection.begin(channel, now);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!sources.isEmpty()) {
                channel.bind(new InetSocketAddress(sources.get(opened++ % sources.size()), 0));
            }
            boolean connected = channel.connect(server);
            int interest = connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
            connection.register(channel.register(selector, interest, connection));
            if (connected) {
                connection.connected();
            }
        } catch (IOException unconnected) {
            connection.broken(unconnected, now);
        }
    }

    private static void handle(SelectionKey key) {
        ((Connection) key.attachment()).ready(key);
    }
}
