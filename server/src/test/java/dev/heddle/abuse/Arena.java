package dev.heddle.abuse;

import dev.heddle.Heddle;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Where abusers meet the server. **Thread-safe.** Counts what they connect, and holds on to the
/// connections that they leave lying about.
final class Arena implements AutoCloseable {
    /// A text that must never reach anybody, because its sender had already sent a Close frame.
    static final String NEVER_PUBLISHED = "said after goodbye";

    private static final Duration PATIENCE = Patience.BOUND;

    private final Heddle server;
    private final AtomicLong connected = new AtomicLong();
    private final ConcurrentLinkedQueue<RawClient> abandoned = new ConcurrentLinkedQueue<>();

    Arena(Heddle server) {
        this.server = server;
    }

    Heddle server() {
        return server;
    }

    /// A connection that has sent nothing yet.
    RawClient connect() throws IOException {
        connected.incrementAndGet();
        return RawClient.connect(server.port()).readWithin(PATIENCE);
    }

    /// A connection in the hub.
    RawClient open() throws IOException {
        RawClient client = connect();
        client.sendHandshake("/ws");
        client.requireUpgrade(client.readAnswer("GET"));
        return client;
    }

    /// Keeps a connection open without ever touching it again: it is the server's turn to end it.
    void abandon(RawClient client) {
        abandoned.add(client);
    }

    /// How many connections the abusers have made.
    long connected() {
        return connected.get();
    }

    /// Reads past what others publish until the server's Close frame, which must have one of these
    /// codes, and the end of the stream after it.
    static void readClose(RawClient client, int... codes) throws IOException {
        RawFrame frame = client.readFrame();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = client.readFrame();
        }
        int code = frame.closeCode();
        if (IntStream.of(codes).noneMatch(expected -> expected == code)) {
            List<Integer> expected = Arrays.stream(codes).boxed().toList();
            throw client.failure("expected a close frame with one of " + expected + ": " + frame);
        }
        client.expectEnd();
    }

    /// Reads frames, whatever they are, until the end of the stream.
    static void readFramesToEnd(RawClient client) throws IOException {
        boolean goesOn = true;
        while (goesOn) {
            goesOn = client.readFrameOrEnd().isPresent();
        }
    }

    @Override
    public void close() throws IOException {
        for (RawClient client : abandoned) {
            client.close();
        }
    }
}
