package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection of a real client, opened by its constructor.
abstract class Conversation implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final ByteBuffer PING_PAYLOAD =
            ByteBuffer.wrap("heddle?".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /// What it has agreed on with the server, as its user is told; empty for nothing.
    abstract String subprotocol();

    /// Sends a text message, each part a fragment.
    abstract void sendText(List<String> parts) throws Exception;

    /// Sends a binary message, each part a fragment.
    abstract void sendBinary(List<byte[]> parts) throws Exception;

    /// Sends a ping.
    abstract void sendPing(ByteBuffer payload) throws Exception;

    /// Begins the closing handshake.
    abstract void sendClose(int code, String reason) throws Exception;

    /// Sends a ping and waits for its pong.
    void pingAndAwaitPong() throws Exception {
        sendPing(PING_PAYLOAD.duplicate());
        expect(new Event.Pong(PING_PAYLOAD));
    }

    /// Waits for the client's next event, which must be this one.
    final void expect(Event expected) throws InterruptedException {
        assertEquals(expected, events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /// Takes what the client tells.
    final void happened(Event event) {
        events.add(event);
    }

    /// Ends everything that belongs to the client, at once.
    @Override
    public abstract void close() throws IOException;
}
