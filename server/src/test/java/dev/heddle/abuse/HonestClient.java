package dev.heddle.abuse;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A client in the hub that behaves well: it publishes numbered messages at a modest pace, reads
/// everything, as fast as its line carries it, and keeps account of it.
final class HonestClient implements AutoCloseable {
    private static final String MARK = "honest ";
    private static final String LAST_WORD = " last word";
    private static final Duration PATIENCE = Patience.BOUND;
    private static final int RECEIVE_BUFFER_BYTES = 64 << 10;

    /// A line that was idle does not catch up, but a thread that had to wait for its turn does.
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final RawClient client;
    private final String name;
    private final long nanosPerByte;
    private final List<String> heard = new ArrayList<>();
    private final List<Long> saidAtNanos = new ArrayList<>();
    private final List<Long> heardAtNanos = new ArrayList<>();
    private int said;

    HonestClient(int port, int number) throws IOException {
        this(RawClient.connect(port), number, 0);
    }

    private HonestClient(RawClient client, int number, long nanosPerByte) throws IOException {
        this.client = client.readWithin(PATIENCE);
        this.name = MARK + number;
        this.nanosPerByte = nanosPerByte;
        client.upgrade("/ws");
    }

    /// One whose line carries so much, and whose kernel holds little.
    static HonestClient behindALine(int port, int number, int bytesPerSecond) throws IOException {
        RawClient client = RawClient.connect(port, RECEIVE_BUFFER_BYTES);
        return new HonestClient(client, number, TimeUnit.SECONDS.toNanos(1) / bytesPerSecond);
    }

    /// Publishes a message per pause until it is told to stop, and then its last word.
    void talk(Duration pause, AtomicBoolean stop) throws IOException {
        while (!stop.get()) {
            saidAtNanos.add(System.nanoTime());
            client.send(RawFrame.text(name + " says " + said++));
            LockSupport.parkNanos(pause.toNanos());
        }
        saidAtNanos.add(System.nanoTime());
        client.send(RawFrame.text(name + LAST_WORD));
    }

    /// Reads until it has heard this many last words.
    void listen(int lastWords) throws IOException {
        int missing = lastWords;
        int everything = 0;
        long nextNanos = System.nanoTime();
        while (missing > 0) {
            RawFrame frame = client.readFrame();
            nextNanos = Math.max(nextNanos, System.nanoTime() - LATE_NANOS);
            nextNanos += frame.payload().length * nanosPerByte;
            LockSupport.parkNanos(nextNanos - System.nanoTime());
            switch (frame.opcode()) {
                case RawFrame.PING -> client.send(RawFrame.of(RawFrame.PONG, frame.payload()));
                case RawFrame.TEXT, RawFrame.BINARY -> {
                    everything = 31 * everything + Arrays.hashCode(frame.payload());
                    missing -= hear(frame, everything) ? 1 : 0;
                }
                default -> throw client.failure("an honest client got " + frame);
            }
        }
    }

    /// Everything that honest clients have said, in the order in which it came here, each with a
    /// hash of all that came until then from whomever.
    List<String> heard() {
        return heard;
    }

    /// What this client has said, last word included.
    List<String> said() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < said; i++) {
            all.add(name + " says " + i);
        }
        all.add(name + LAST_WORD);
        return all;
    }

    /// What was heard of this client, in order.
    List<String> heardFrom(HonestClient other) {
        return heard.stream()
                .map(line -> line.substring(0, line.indexOf('#')))
                .filter(line -> line.startsWith(other.name + " "))
                .toList();
    }

    /// How long what the only one who speaks has said took to come here.
    void addDelays(HonestClient speaker, Latencies delays) {
        for (int i = 0; i < heardAtNanos.size(); i++) {
            delays.add(heardAtNanos.get(i) - speaker.saidAtNanos.get(i));
        }
    }

    /// Ends the conversation as the RFC wants it, which proves that it was never ended before.
    void sayGoodbye() throws IOException {
        client.send(RawFrame.close(1000, ""));
        Arena.readClose(client, 1000);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /// Keeps what an honest client has said.
    ///
    /// @return whether it was a last word
    private boolean hear(RawFrame frame, int everything) {
        if (frame.opcode() != RawFrame.TEXT) {
            return false;
        }
        String text = frame.text();
        if (text.equals(Arena.NEVER_PUBLISHED)) {
            throw client.failure("what came after a Close frame was published");
        }
        if (text.startsWith(MARK)) {
            heard.add(text + "#" + Integer.toHexString(everything));
            heardAtNanos.add(System.nanoTime());
        }
        return text.endsWith(LAST_WORD);
    }
}
