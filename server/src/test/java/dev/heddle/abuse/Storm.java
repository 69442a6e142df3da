package dev.heddle.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.support.RawClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Very many clients that come at the same time, from several addresses, all on the thread that
/// calls this. Each opens a WebSocket and says nothing more.
final class Storm implements AutoCloseable {
    /// So many addresses, because one has too few ports for very many connections.
    private static final int SOURCES = 4;

    /// How many are started before those that are under way are looked after.
    private static final int TURN = 50;

    private static final int MAX_ANSWER_BYTES = 512;

    private final InetSocketAddress server;
    private final byte[] handshake;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int open;

    Storm(int port, String target) throws IOException {
        server = new InetSocketAddress(loopback(1), port);
        handshake = RawClient.handshake(port, target);
    }

    /// Connects this many, spread evenly over a time, and waits until each is open or refused.
    ///
    /// @return how many are open
    int connect(int count, Duration spread, Duration patience) throws IOException {
        long begin = System.nanoTime();
        int started = 0;
        open = 0;
        while (open + refusals.size() < count) {
            long elapsed = System.nanoTime() - begin;
            if (elapsed > patience.toNanos()) {
                return open;
            }
            long due = Math.min(count, count * elapsed / spread.toNanos());
            for (int turn = 0; started < due && turn < TURN; turn++) {
                startOne(started++);
            }
            selector.select(this::goOn, 1);
        }
        return open;
    }

    /// What those got who got no WebSocket.
    List<String> refusals() {
        return refusals;
    }

    /// Leaves all connections at once, without a goodbye, and resets them: otherwise their ports
    /// would be in use for another minute.
    void leave() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        clients.clear();
    }

    @Override
    public void close() throws IOException {
        leave();
        selector.close();
    }

    private void startOne(int number) throws IOException {
        SocketChannel client = SocketChannel.open();
        clients.add(client);
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.configureBlocking(false);
        client.bind(new InetSocketAddress(loopback(1 + number % SOURCES), 0));
        client.register(selector, SelectionKey.OP_CONNECT, ByteBuffer.allocate(MAX_ANSWER_BYTES));
        client.connect(server);
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private void goOn(SelectionKey key) {
        SocketChannel client = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                client.finishConnect();
                client.write(ByteBuffer.wrap(handshake));
                key.interestOps(SelectionKey.OP_READ);
            } else {
                read(client, key, (ByteBuffer) key.attachment());
            }
        } catch (IOException failed) {
            refusals.add(failed.toString());
            key.cancel();
        }
    }

    private void read(SocketChannel client, SelectionKey key, ByteBuffer answer)
            throws IOException {
        boolean hasEnded = client.read(answer) < 0;
        String text = US_ASCII.decode(answer.duplicate().flip()).toString();
        if (text.startsWith("HTTP/1.1 101 ") && text.endsWith("\r\n\r\n")) {
            open++;
            key.cancel();
        } else if (hasEnded || !answer.hasRemaining()) {
            refusals.add(text);
            key.cancel();
        }
    }
}
