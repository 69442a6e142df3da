package dev.heddle.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.outbox.Transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A peer that takes what is written when the test lets it, and remembers it. **Thread-safe.** Open
/// for peers that do one thing otherwise.
public class RecordingTransport implements Transport {
    /// The transport's clock, which only the test advances.
    public final AtomicInteger clock = new AtomicInteger(1000);

    /// How often it was aborted.
    public final AtomicInteger aborts = new AtomicInteger();

    /// How often a Close frame was announced.
    public final AtomicInteger closings = new AtomicInteger();

    /// When the session wants to be visited, on the clock.
    public final AtomicInteger nextVisit = new AtomicInteger(Integer.MAX_VALUE);

    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final long opened = System.currentTimeMillis();
    private final AtomicInteger writers = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Integer> writes = new ArrayList<>();
    private volatile boolean overlapped;
    private volatile boolean broken;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /// Each write waits from now on, until [#goOn].
    public void stop() {
        gate = new CountDownLatch(1);
    }

    /// Lets the writes go on.
    public void goOn() {
        gate.countDown();
    }

    /// Lets the write that waits go on, and stops the next one. Blocks until it is done.
    public void takeOneWrite() {
        int before = writes().size();
        CountDownLatch waited = gate;
        stop();
        waited.countDown();
        Soon.until(() -> writes().size() > before);
    }

    /// Each write fails from now on.
    public void breakOff() {
        broken = true;
        goOn();
    }

    /// Blocks until a write waits.
    public void awaitWriter() {
        Soon.until(() -> waiting.get() > 0);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        overlapped |= writers.incrementAndGet() > 1;
        try {
            waiting.incrementAndGet();
            gate.await();
            waiting.decrementAndGet();
            if (broken) {
                throw new IOException("the connection is gone");
            }
            record(bytes, offset, length);
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            writers.decrementAndGet();
        }
    }

    private synchronized void record(byte[] bytes, int offset, int length) {
        written.write(bytes, offset, length);
        writes.add(length);
    }

    @Override
    public void abort() {
        aborts.incrementAndGet();
        breakOff();
    }

    @Override
    public void closeQueued() {
        closings.incrementAndGet();
    }

    @Override
    public void visitWithin(int millis) {
        nextVisit.accumulateAndGet(clock.get() + millis, Math::min);
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long openedEpochMillis() {
        return opened;
    }

    @Override
    public InetSocketAddress peer() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 12_345);
    }

    @Override
    public int nowMillis() {
        return clock.get();
    }

    /// Whether two threads ever wrote at once.
    public boolean hasOverlapped() {
        return overlapped;
    }

    /// The lengths of the writes so far.
    public synchronized List<Integer> writes() {
        return List.copyOf(writes);
    }

    /// The bytes so far.
    public synchronized byte[] bytes() {
        return written.toByteArray();
    }

    /// The frames so far, each as its kind and its text: `text hello`, `pong x`, `close 1001 bye`;
    /// a binary one as its length. Each must be whole, final and unmasked.
    public List<String> frames() {
        List<String> frames = new ArrayList<>();
        for (ByteBuffer wire = ByteBuffer.wrap(bytes()); wire.hasRemaining(); ) {
            frames.add(frame(wire));
        }
        return frames;
    }

    private static String frame(ByteBuffer wire) {
        int first = wire.get() & 0xFF;
        int length = wire.get();
        length = length == 126 ? wire.getShort() & 0xFFFF : length;
        length = length == 127 ? Math.toIntExact(wire.getLong()) : length;
        byte[] payload = new byte[length];
        wire.get(payload);
        String text = new String(payload, UTF_8);
        return switch (first) {
            case 0x81 -> "text " + text;
            case 0x82 -> "binary " + length;
            case 0x88 -> ("close " + closeText(payload)).strip();
            case 0x89 -> ("ping " + text).strip();
            case 0x8A -> ("pong " + text).strip();
            default -> throw new UncheckedIOException(new IOException("no frame: " + first));
        };
    }

    private static String closeText(byte[] payload) {
        if (payload.length == 0) {
            return "";
        }
        int code = (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        return code + " " + new String(payload, 2, payload.length - 2, UTF_8);
    }
}
