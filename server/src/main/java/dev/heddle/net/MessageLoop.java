package dev.heddle.net;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.message.Incoming;
import dev.heddle.message.Inflation;
import dev.heddle.message.MessageReader;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.outbox.Outbox;
import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.Addresses;
import dev.heddle.telemetry.Traffic;
import dev.heddle.telemetry.event.ProtocolViolated;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;

/// Receives one WebSocket client's messages until its connection ends, on the connection's thread.
///
/// Between messages the thread waits in [#run] with a few bytes and a shallow stack; buffer and
/// readers exist only while a message is arriving or being handled.
final class MessageLoop extends ConnectionLoop implements UnfinishedBytes.Peer {
    /// The buffer of a silent connection: room for a control frame as most of them are.
    private static final int FEW_BYTES = 12;

    /// The buffer after a longer message, so that the next one takes one read.
    private static final int MORE_BYTES = 256;

    /// Messages, or KiB of them, after which it is asked whose turn it is.
    private static final int HANDLED_BETWEEN_TURNS = 16;

    private final Connection connection;
    private final ClientSession session;
    private Inbound inbound;
    private int handled;
    private long bytesIn;

    MessageLoop(Connection connection, Inbound inbound, ClientSession session) {
        this.connection = connection;
        this.inbound = inbound;
        this.session = session;
    }

    @Override
    ClientSession session() {
        return session;
    }

    @Override
    Traffic traffic(String state) {
        Outbox outbox = session.outbox();
        return new Traffic(
                connection.id(),
                inbound.path(),
                Addresses.text(connection.address()),
                session.user(),
                System.currentTimeMillis() - connection.openedEpochMillis(),
                state,
                Integer.toUnsignedLong(session.messagesIn()),
                bytesIn,
                Integer.toUnsignedLong(outbox.messagesOut()),
                outbox.bytesOut(),
                outbox.waitingBytes(),
                outbox.peakBytes());
    }

    /// Receives messages until the connection ends or has rested: was silent until our ping. This
    /// is where an idle connection waits.
    ///
    /// @return whether the connection goes on, on a fresh thread
    @Override
    boolean run(InputStream in) throws IOException {
        byte[] first = new byte[FEW_BYTES];
        boolean hasRested;
        do {
            connection.enter(Phase.AT_REST);
            int count = in.read(first);
            hasRested = connection.isPinged();
            boolean goesOn = count < 0 ? endOfStream() : receive(in, first, count);
            if (!goesOn) {
                return false;
            }
            if (count == first.length && count == FEW_BYTES) {
                first = new byte[MORE_BYTES];
            }
        } while (!hasRested);
        return true;
    }

    @Override
    void sayInternalError(InputStream in) throws IOException {
        session.close(CloseCode.INTERNAL_ERROR, "internal error");
        session.outbox().awaitFlushed();
        Lingering.linger(connection, in);
    }

    @Override
    void ended() {
        inbound.release();
    }

    @Override
    public InetAddress address() {
        return Addresses.network(connection.address().getAddress());
    }

    @Override
    public boolean hasUnhandled() {
        return connection.hasUnhandled();
    }

    @Override
    public void sendAway() {
        connection.context().counters().unfinishedSentAway.increment();
        connection.endReading(Expiry.NO_ROOM);
    }

    @Override
    public boolean isOver() {
        return connection.isUnreadable() || !session.isOpen();
    }

    @Override
    public int startsWaiting() {
        connection.context().counters().unfinishedWaits.increment();
        return connection.pausePeer();
    }

    @Override
    public void stopsWaiting(int since) {
        connection.goOn(Phase.IN_MESSAGE, since);
    }

    /// Receives what begins with these bytes.
    ///
    /// @return whether the connection goes on
    private boolean receive(InputStream in, byte[] first, int count) throws IOException {
        BufferPool small = connection.context().smallBuffers();
        BufferPool large = connection.context().largeBuffers();
        try (Intake intake = new Intake(in, small, large).begunWith(first, count)) {
            return receive(in, intake);
        }
    }

    /// Receives what begins with what has arrived, until there is nothing that is not handled.
    ///
    /// @return whether the connection goes on
    boolean receive(InputStream in, Intake intake) throws IOException {
        connection.enter(Phase.IN_MESSAGE);
        int arrived = intake.to() - intake.from();
        FrameReader frames = new FrameReader(intake);
        Inflation inflation = inbound.inflation();
        try (MessageReader messages = reader(frames, inflation)) {
            do {
                Incoming incoming = messages.readNext();
                if (!handle(incoming)) {
                    boolean hasMore = frames.hasBuffered() || in.available() > 0;
                    if (hasMore) {
                        Lingering.linger(connection, in);
                    }
                    return false;
                }
                if (!(incoming instanceof Incoming.Data)) {
                    pause(messages, charge(connection.context().pacing().controlFrames()));
                }
                if (handled >= HANDLED_BETWEEN_TURNS) {
                    handled = 0;
                    pause(messages, restAfterTurn(in, connection.context().pacing().runQueue()));
                }
                if (!messages.isUnfinished()) {
                    connection.enter(Phase.IN_MESSAGE);
                }
            } while (messages.isUnfinished() || frames.hasBuffered());
            return true;
        } catch (ProtocolViolation violation) {
            if (connection.isUnreadable()) {
                return endOfStream();
            }
            ProtocolViolated.emit(
                    connection.id(), session.user(), violation.reason(), violation.closeCode());
            session.fail(violation);
            Lingering.linger(connection, in);
            return false;
        } catch (EOFException end) {
            return endOfStream();
        } finally {
            inbound = inbound.after(inflation);
            count(arrived + frames.bytesRead());
        }
    }

    private void count(long bytes) {
        bytesIn += bytes;
        connection.context().counters().bytesIn.add(bytes);
    }

    private MessageReader reader(FrameReader frames, @Nullable Inflation inflation) {
        UnfinishedBytes.Share share = connection.context().unfinished().share(this);
        return new MessageReader(frames, inbound.limits(), share, inflation);
    }

    /// Rests, outside every deadline but that of a message which a control frame interrupts.
    private void pause(MessageReader messages, int micros) {
        if (micros > 0) {
            if (!messages.isUnfinished()) {
                connection.enter(Phase.HANDLING);
            }
            rest(micros);
        }
    }

    /// Handles a message outside the message deadline, which a control frame in the middle of a
    /// message does not touch.
    private boolean handle(Incoming incoming) {
        handled++;
        if (incoming instanceof Incoming.Pong) {
            connection.ponged(connection.context().counters().times);
        }
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
        if (expired == Expiry.GOING_AWAY) {
            session.goAway();
        } else if (expired != null) {
            session.close(expired.closeCode, expired.reason);
        } else {
            session.outbox().takeNoMore(); // or a busy hub would keep it from ever being empty
        }
        session.outbox().awaitFlushed();
        return false;
    }
}
