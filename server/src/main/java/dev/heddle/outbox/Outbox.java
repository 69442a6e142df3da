package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.event.SlowConsumer;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A connection's outgoing frames: what is sent to its peer, by whom, and when it is written.
///
/// **Thread-safe.** One thread at a time is the writer: a thread that brings a frame and finds no
/// writer makes sure that there is one, one of the [Writers] after an `offer`, or the connection's
/// own thread in a `send`. The writer gathers what is queued into one pooled buffer and one write,
/// and holds no lock while it writes; what is queued meanwhile is left to the next one. An outbox
/// begins with a writer: the thread that does the opening handshake, which calls [#begin].
public final class Outbox extends WriteLoop {
    /// A reply that is longer takes several writes, and its client all that time.
    private static final int LONG_REPLY_BYTES = 16 * 1024;

    /// @param transport the connection
    /// @param context what all outboxes of an endpoint share
    public Outbox(Transport transport, OutboxContext context) {
        super(transport, context);
    }

    /// Writes the opening handshake's response, and then what has been queued meanwhile. **Only the
    /// thread that made this outbox may call it, once.**
    public void begin(byte[] response) {
        endOpening();
        writeResponse(response);
    }

    /// Queues data frames as far as the bounds allow. **Never blocks.**
    ///
    /// @param from the index of the first frame to queue
    /// @return the index of the first frame that was not taken; `frames.size()` when all were, or
    ///   when the outbox is closed and takes nothing any more
    public int offerAll(List<EncodedFrame> frames, int from) {
        int next;
        synchronized (this) {
            if (!isTaking()) {
                return frames.size();
            }
            next = add(frames, from);
            if (!becomeWriter()) {
                return next;
            }
        }
        leaveToWriters();
        return next;
    }

    /// Waits until there is room for a frame or the outbox is closed, at most for the given time.
    ///
    /// @param bytes the frame's length
    public synchronized void awaitRoom(int bytes, long maxMillis) {
        await(() -> !isTaking() || hasRoomToOffer(bytes), maxMillis);
    }

    /// Sets a full outbox aside, if it is the peer that is behind: the writer is in a write that
    /// the peer's socket has not taken by the next tick of the clock. The outbox then takes more
    /// than it has room for. It is the server that is behind as long as the writer has not had its
    /// turn, or the peer has taken all that was written.
    ///
    /// @return whether the outbox is set aside now, and was not before
    public synchronized boolean setAside() {
        int now = transport().nowMillis();
        return current().stall().setAside(writeStartedMillis(), now, this::isPeerBehind);
    }

    /// Whether the peer of a full outbox is a slow consumer: it is behind, and has been set aside
    /// for as long as it may be, in all since there last was nothing to write; or it takes nothing,
    /// and has too much to catch up with.
    public synchronized boolean isTooSlow() {
        int max = bounds().slowConsumerMillis();
        int now = transport().nowMillis();
        return isTaking() && current().stall().isTooSlow(writeStartedMillis(), now, max);
    }

    /// Sends a data frame on the calling thread: writes it, or waits for room when another writer
    /// is at work. Where that is the connection's own thread, a peer that does not read holds up
    /// its own reader alone.
    public void send(EncodedFrame frame) {
        QueuedBytes all = bounds().all();
        all.add(frame); // which this thread holds until it is queued or written
        try {
            sendOrQueue(frame);
        } finally {
            all.remove(frame);
        }
    }

    private void sendOrQueue(EncodedFrame frame) {
        synchronized (this) {
            if (!hasRoom(frame.length())) {
                await(() -> !isTaking() || hasRoom(frame.length()), Long.MAX_VALUE);
            }
            if (!isTaking()) {
                return;
            }
            boolean isWriter = becomeWriter();
            if (frame.length() > LONG_REPLY_BYTES) {
                current().noteLongReply();
            }
            if (!isWriter) {
                addReply(frame);
                return;
            }
            taken(1);
        }
        writeFirst(frame);
    }

    /// Blocks while all outboxes together hold more than they may. For the connection's own thread,
    /// before it makes another reply.
    public void awaitRoomForReplies() {
        bounds().all().awaitRoom(() -> !isTaking());
    }

    /// How many bytes of messages wait that are this peer's alone, or its part of them.
    public synchronized int heldBytes() {
        return isFlushed() ? 0 : current().heldBytes();
    }

    /// Runs the action once all that waits is written; at once if nothing does, and not at all if
    /// the connection ends before. **Never blocks.**
    ///
    /// @param action any thread may run it, and it must not block
    public void whenWritten(Runnable action) {
        if (!addWaiter(action)) {
            action.run();
        }
    }

    /// Answers a ping on the connection's own thread: writes the pong, or queues it before all data
    /// when another writer is at work.
    public void sendPong(EncodedFrame pong) {
        if (addControl(pong)) {
            drain();
        }
    }

    /// Sends a ping, unless a writer is at work: its progress says as much about the peer. **Never
    /// blocks.**
    ///
    /// @return whether it is sent
    public boolean offerPing() {
        synchronized (this) {
            if (!isFlushed() || !addControl(EncodedFrame.ping())) {
                return false;
            }
        }
        leaveToWriters();
        return true;
    }

    /// Queues the Close frame as the last one, and takes nothing after it. **Never blocks.**
    ///
    /// @param discard whether the frames that wait are given up
    public void close(EncodedFrame frame, boolean discard) {
        if (queueClose(frame, discard)) {
            leaveToWriters();
        }
    }

    /// Answers a Close frame on the connection's own thread, after what is queued; nothing is taken
    /// any more. Blocks until all of it is written or given up.
    public void sendClose(EncodedFrame frame) {
        if (queueClose(frame, false)) {
            drain();
        }
        awaitFlushed();
    }

    /// Waits until everything queued is written or given up; the write deadline bounds it.
    public synchronized void awaitFlushed() {
        await(this::isFlushed, Long.MAX_VALUE);
    }

    /// @return whether the caller has become the writer
    private synchronized boolean queueClose(EncodedFrame frame, boolean discard) {
        if (!isTaking()) {
            return false;
        }
        boolean isWriter = addClose(frame, discard);
        transport().closeQueued();
        return isWriter;
    }

    /// Emits that this peer is a slow consumer.
    ///
    /// @param bytes of messages that are given up
    public void emitSlowConsumer(@Nullable String user, int bytes) {
        SlowConsumer.emit(transport().id(), user, transport().address(), bytes);
    }

    /// The close code that tells a client to come back.
    public int tryAgainCode() {
        return bounds().sending().tryAgainCode();
    }
}
