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
    private volatile boolean hasTakenAll;
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

    /// From now on the peer has taken all that was sent, or is behind again.
    public void takesAll(boolean all) {
        hasTakenAll = all;
    }

    @Override
    public boolean hasTakenAll() {
        return hasTakenAll;
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
    public InetSocketAddress address() {
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

    /// The messages and control frames so far, each as its kind and its text: `text hello`, `pong
    /// x`, `close 1001 bye`; a binary one as its length. Each must be unmasked; a message may come
    /// in fragments, and stands where it ends.
    public List<String> frames() {
        List<String> frames = new ArrayList<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int opcode = 0;
        for (ByteBuffer wire = ByteBuffer.wrap(bytes()); wire.hasRemaining(); ) {
            int first = wire.get() & 0xFF;
            byte[] payload = payload(wire);
            boolean isControl = (first & 8) != 0;
            if (isControl) {
                frames.add(frame(first & 15, payload));
                continue;
            }
            opcode = (first & 15) == 0 ? opcode : first & 15;
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                frames.add(frame(opcode, message.toByteArray()));
                message.reset();
            }
        }
        return frames;
    }

    /// How many frames of messages there were so far.
    public long fragments() {
        long count = 0;
        for (ByteBuffer wire = ByteBuffer.wrap(bytes()); wire.hasRemaining(); ) {
            count += (wire.get() & 8) == 0 ? 1 : 0;
            payload(wire);
        }
        return count - 1; // without the response
    }

    private static byte[] payload(ByteBuffer wire) {
        int length = wire.get();
        length = length == 126 ? wire.getShort() & 0xFFFF : length;
        length = length == 127 ? Math.toIntExact(wire.getLong()) : length;
        byte[] payload = new byte[length];
        wire.get(payload);
        return payload;
    }

    private static String frame(int opcode, byte[] payload) {
        String text = new String(payload, UTF_8);
        return switch (opcode) {
            case 1 -> "text " + text;
            case 2 -> "binary " + payload.length;
            case 8 -> ("close " + closeText(payload)).strip();
            case 9 -> ("ping " + text).strip();
            case 10 -> ("pong " + text).strip();
            default -> throw new UncheckedIOException(new IOException("no frame: " + opcode));
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
