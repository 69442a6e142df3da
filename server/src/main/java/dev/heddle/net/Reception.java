package dev.heddle.net;

import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.message.Incoming;
import dev.heddle.message.MessageReader;
import dev.heddle.session.Session;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Receives one WebSocket client's messages until its connection ends, on the connection's thread.
///
/// Between messages the thread waits in [#awaitMessages] with a few bytes and a shallow stack;
/// buffer and readers exist only while a message is arriving or being handled.
final class Reception implements Runnable {
    /// A whole control frame as they come; an array of this size has no padding.
    private static final int FIRST_BYTES = 12;

    /// Messages, or KiB of them, after which it is asked whose turn it is.
    private static final int HANDLED_BETWEEN_TURNS = 16;

    private final Connection connection;
    private final ServerContext context;
    private final Route.WebSocket route;
    private final Session session;
    private int handled;

    Reception(
            Connection connection, ServerContext context, Route.WebSocket route, Session session) {
        this.connection = connection;
        this.context = context;
        this.route = route;
        this.session = session;
    }

    /// The life of the connection's thread from the opening handshake on.
    @Override
    public void run() {
        try {
            awaitMessages(connection.input());
        } catch (IOException | RuntimeException | Error failure) {
            connection.failed(failure);
        } finally {
            connection.end();
        }
    }

    /// Receives messages until the connection ends. This is where an idle connection waits.
    private void awaitMessages(InputStream in) throws IOException {
        byte[] first = new byte[FIRST_BYTES];
        int count;
        do {
            connection.enter(Phase.AT_REST);
            count = in.read(first);
        } while (count < 0 ? endOfStream() : receive(in, first, count));
    }

    /// Receives what begins with these bytes.
    ///
    /// @return whether the connection goes on
    private boolean receive(InputStream in, byte[] first, int count) throws IOException {
        byte[] buffer = context.smallBuffers().borrow();
        try {
            System.arraycopy(first, 0, buffer, 0, count);
            return receive(in, buffer, 0, count);
        } finally {
            context.smallBuffers().giveBack(buffer);
        }
    }

    /// Receives what begins with `buffer[from, to)`, until nothing has arrived that is not handled.
    ///
    /// @return whether the connection goes on
    boolean receive(InputStream in, byte[] buffer, int from, int to) throws IOException {
        connection.enter(Phase.IN_MESSAGE);
        FrameReader frames = new FrameReader(in, buffer, from, to);
        try (MessageReader messages =
                new MessageReader(frames, route.limits(), context.unfinished())) {
            do {
                if (!handle(messages.readNext())) {
                    boolean hasMore = frames.hasBuffered() || in.available() > 0;
                    if (hasMore) {
                        connection.linger(in);
                    }
                    return false;
                }
                if (handled >= HANDLED_BETWEEN_TURNS) {
                    handled = 0;
                    connection.takeTurns(in);
                }
                if (!messages.isUnfinished()) {
                    connection.enter(Phase.IN_MESSAGE);
                }
            } while (messages.isUnfinished() || frames.hasBuffered());
            return true;
        } catch (ProtocolViolation violation) {
            session.fail(violation);
            connection.linger(in);
            return false;
        } catch (EOFException end) {
            return endOfStream();
        } finally {
            context.counters().bytesIn.add(to - from + frames.bytesRead());
        }
    }

    /// Handles a message outside the message deadline, which a control frame in the middle of a
    /// message does not touch.
    private boolean handle(Incoming incoming) {
        handled++;
        if (incoming instanceof Incoming.Data message) {
            handled += message.length() / 1024;
            connection.messageArrived();
            connection.enter(Phase.HANDLING);
        }
        return session.handle(incoming);
    }

    /// Nothing more will be read: a deadline has passed, which the peer is told, or the peer has
    /// ended its side, and still gets what is queued.
    private boolean endOfStream() {
        Expiry expired = connection.expired();
        if (expired != null) {
            session.close(expired.closeCode, expired.reason);
        }
        session.outbox().awaitFlushed();
        return false;
    }
}
