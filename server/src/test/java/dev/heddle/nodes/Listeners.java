package dev.heddle.nodes;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// No test: many subscribers of one channel in a process of their own, on one selector. Prints
/// `ready`, and after a line on its standard input what they have got: how many publications, how
/// many out of order, and how late they were in milliseconds.
final class Listeners {
    private static final int AT_ONCE = 16;
    private static final byte[] STAMP = "\"data\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OFFSET = "\"offset\":".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final SocketChannel[] channels;
    private final long[] offsets;
    private final @Nullable ByteBuffer[] rests;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private float[] late = new float[1 << 20];
    private int got;
    private int disordered;
    private volatile boolean isOver;

    private Listeners(int port, int count) {
        this.port = port;
        this.channels = new SocketChannel[count];
        this.offsets = new long[count];
        this.rests = new ByteBuffer[count];
    }

    /// Listens.
    ///
    /// @param arguments the port, how many, and what begins their names
    public static void main(String... arguments) throws Exception {
        Listeners listeners =
                new Listeners(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        listeners.open(arguments[2]);
        Thread loop = Thread.ofPlatform().start(listeners::listen);
        System.out.println("ready");
        try (var in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.readLine();
        }
        listeners.isOver = true;
        loop.join();
        listeners.report();
    }

    private void open(String names) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        Thread[] openers = new Thread[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            openers[i] =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int at = next.getAndIncrement();
                                                at < channels.length;
                                                at = next.getAndIncrement()) {
                                            open(at, names + at);
                                        }
                                    });
        }
        for (Thread opener : openers) {
            opener.join();
        }
    }

    private void open(int at, String user) {
        try {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channels[at] = channel;
            write(
                    channel,
                    "GET /acc HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection:"
                            + " Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key:"
                            + " dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            await(channel, "\r\n\r\n");
            say(channel, "{\"seq\":\"1\",\"cmd\":\"login\",\"data\":{\"userID\":\"%s\"}}", user);
            await(channel, "}}}");
            say(
                    channel,
                    "{\"seq\":\"2\",\"cmd\":\"subscribe\",\"data\":{\"channel\":\"%s\"}}",
                    "n");
            await(channel, "]}}}");
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Sends a text, masked by zeros.
    private static void say(SocketChannel channel, String form, String value) throws IOException {
        String text = form.formatted(value);
        ByteBuffer frame = ByteBuffer.allocate(text.length() + 8);
        frame.put((byte) 0x81);
        if (text.length() < 126) {
            frame.put((byte) (0x80 | text.length()));
        } else {
            throw new IllegalArgumentException(text);
        }
        frame.putInt(0).put(text.getBytes(StandardCharsets.US_ASCII)).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    private static void await(SocketChannel channel, String end) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1 << 14);
        String text;
        do {
            if (channel.read(answer) < 0) {
                throw new IOException("ended");
            }
            text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        } while (!text.contains(end));
        if (text.contains("\"code\":1")) {
            throw new IOException(text);
        }
    }

    private void listen() {
        try (Selector selector = Selector.open()) {
            for (int at = 0; at < channels.length; at++) {
                channels[at].configureBlocking(false);
                channels[at].register(selector, SelectionKey.OP_READ, at);
            }
            while (!isOver) {
                selector.select(key -> read((Integer) key.attachment()), 100);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void read(int at) {
        buffer.clear();
        ByteBuffer rest = rests[at];
        if (rest != null) {
            buffer.put(rest);
            rests[at] = null;
        }
        try {
            if (channels[at].read(buffer) < 0) {
                throw new IOException("a connection has ended");
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        long now = System.nanoTime();
        buffer.flip();
        while (isWholeFrame()) {
            take(at, now);
        }
        if (buffer.hasRemaining()) {
            rests[at] = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }
    }

    private boolean isWholeFrame() {
        int there = buffer.remaining();
        if (there < 4) {
            return false;
        }
        int length = buffer.get(buffer.position() + 1);
        return length < 126
                ? there >= 2 + length
                : there >= 4 + Short.toUnsignedInt(buffer.getShort(buffer.position() + 2));
    }

    private void take(int at, long now) {
        int length = buffer.get(buffer.position() + 1);
        boolean isShort = length < 126;
        int start = buffer.position() + (isShort ? 2 : 4);
        int end =
                start
                        + (isShort
                                ? length
                                : Short.toUnsignedInt(buffer.getShort(buffer.position() + 2)));
        int offsetAt = after(OFFSET, start, end);
        long offset = number(offsetAt, end);
        if (offset != offsets[at] + 1) {
            disordered++;
        }
        offsets[at] = offset;
        if (got == late.length) {
            late = Arrays.copyOf(late, 2 * late.length);
        }
        late[got] = (now - number(after(STAMP, offsetAt, end), end)) / 1e6f;
        got = got + 1;
        buffer.position(end);
    }

    private int after(byte[] name, int from, int end) {
        int at = from;
        for (int matched = 0; matched < name.length && at < end; at++) {
            matched = buffer.get(at) == name[matched] ? matched + 1 : 0;
        }
        return at;
    }

    private long number(int from, int end) {
        long number = 0;
        for (int at = from; at < end && Character.isDigit(buffer.get(at)); at++) {
            number = 10 * number + buffer.get(at) - '0';
        }
        return number;
    }

    private void report() {
        float[] sorted = Arrays.copyOf(late, got);
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%d %d %.1f %.1f %.1f%n",
                got,
                disordered,
                sorted[got / 2],
                sorted[(int) (got * 0.99)],
                sorted[got - 1]);
    }
}
