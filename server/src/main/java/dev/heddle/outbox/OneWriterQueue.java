package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The frames that wait for one connection, within bounds, and which one thread at a time writes.
///
/// **Thread-safe**, guarded by itself; a method that is not synchronized wants its caller to hold
/// the lock. A thread that brings a frame and finds no writer has become the writer, and makes sure
/// that [#drain] is called. A base class of the outbox, not a part of it, so that an idle
/// connection holds one object less.
abstract class OneWriterQueue extends AwaitedMonitor {
    /// The thread that writes.
    private enum Writer {
        /// The thread of the opening handshake: nothing overtakes the response that it will write.
        OPENING,
        /// The thread that has found nobody, or one to which it has left the writing.
        SOMEBODY,
        /// Nobody, and so nothing waits.
        NOBODY
    }

    // All guarded by this.
    private @Nullable FrameQueue queue;
    private Writer writer = Writer.OPENING;
    private boolean closed;
    private int peakBytes;
    private int messagesOut;

    abstract OutboxContext.Bounds bounds();

    public abstract Counters counters();

    /// Looks at a peer that was set aside and has not caught up.
    abstract void look(Stall stall);

    /// Writes some of what waits, and leaves the rest to another writer. **Only the writer may call
    /// it**, and is the writer no more.
    abstract void drain();

    /// Ends the connection, with all that waits. **Only the writer may call it**, as the last
    /// thing.
    abstract void giveUp();

    /// Whether frames are still taken. A closed outbox says that it has taken what it drops.
    public final synchronized boolean isTaking() {
        return !closed;
    }

    /// Takes nothing any more; what waits is still written.
    public final synchronized void takeNoMore() {
        closed = true;
        changed();
    }

    /// Takes nothing any more and forgets what waits: the connection has ended.
    public final synchronized void abandon() {
        closed = true;
        FrameQueue.discard(queue);
        queue = null;
        changed();
    }

    /// Adds data frames as far as the bounds allow.
    ///
    /// @return the index of the first frame that was not added
    final int add(List<EncodedFrame> frames, int from) {
        if (queue != null && queue.isStillAside(frames.get(from).length())) {
            look(queue.stall());
        }
        int next = from;
        while (next < frames.size() && hasRoomToOffer(frames.get(next).length())) {
            queue(frames.size() - next).addData(frames.get(next++));
        }
        peakBytes = Math.max(peakBytes, waitingBytes());
        return next;
    }

    /// Adds a data frame of the connection's own, for which there is room.
    final void addReply(EncodedFrame frame) {
        queue(1).addReply(frame);
        peakBytes = Math.max(peakBytes, waitingBytes());
    }

    /// Adds a control frame, unless nothing is taken any more.
    ///
    /// @return whether the caller has become the writer
    final synchronized boolean addControl(EncodedFrame frame) {
        if (closed) {
            return false;
        }
        queue(0).addControl(frame);
        return becomeWriter();
    }

    /// Adds the Close frame, the last one; gives up the frames that wait if it is to `discard`
    /// them.
    ///
    /// @return whether the caller has become the writer
    final synchronized boolean addClose(EncodedFrame frame, boolean discard) {
        if (discard) {
            FrameQueue.discard(queue);
            queue = null;
        }
        closed = true;
        queue(0).addClose(frame);
        changed();
        return becomeWriter();
    }

    /// Keeps an action for when what waits is written.
    ///
    /// @return whether it is kept: not when nothing is being written
    final synchronized boolean addWaiter(Runnable action) {
        if (writer == Writer.NOBODY) {
            return false;
        }
        queue(0).addWaiter(action);
        return true;
    }

    /// Makes the caller the writer if there is none, and says whether it is now.
    final boolean becomeWriter() {
        boolean none = writer == Writer.NOBODY;
        writer = none ? Writer.SOMEBODY : writer;
        return none;
    }

    /// The thread of the opening handshake becomes a writer like any other.
    final synchronized void endOpening() {
        if (writer != Writer.OPENING) {
            throw new IllegalStateException("the response is written once, before all else");
        }
        writer = Writer.SOMEBODY;
    }

    /// Whether the opening handshake is not answered yet: until then nobody else writes.
    public final synchronized boolean isOpening() {
        return writer == Writer.OPENING;
    }

    /// Whether everything queued is written or given up.
    public final synchronized boolean isFlushed() {
        return writer == Writer.NOBODY;
    }

    /// Nobody writes any more, and nothing waits.
    final void endWriting() {
        queue = null;
        writer = Writer.NOBODY;
        changed();
    }

    /// Ends the writing if nothing waits.
    ///
    /// @return whether it has ended
    final boolean endIfEmpty() {
        boolean isEmpty = queue == null || queue.peek() == null;
        if (isEmpty) {
            endWriting();
        }
        return isEmpty;
    }

    /// Takes the actions that were kept until what has been written by now was.
    final List<Runnable> takeDue() {
        return queue == null ? List.of() : queue.takeDue();
    }

    /// Takes the next frame, unless it is better gathered with those behind it.
    ///
    /// @param bufferBytes into which they would have to fit
    final synchronized @Nullable EncodedFrame takeAlone(int bufferBytes) {
        FrameQueue waiting = queue;
        if (waiting == null || !waiting.isNextAlone(bufferBytes)) {
            return null;
        }
        int before = waiting.takenMessages();
        EncodedFrame frame = waiting.take();
        taken(waiting.takenMessages() - before);
        return frame;
    }

    /// Takes frames and copies them into the buffer while they fit.
    ///
    /// @return how many bytes of the buffer are then used, `most` at most
    final synchronized int gather(byte[] buffer, int most) {
        FrameQueue waiting = queue(0);
        int before = waiting.takenMessages();
        int bytes = waiting.gather(buffer, most);
        taken(waiting.takenMessages() - before);
        return bytes;
    }

    /// Counts messages that leave: some that waited, or one that did not have to.
    final void taken(int messages) {
        messagesOut += messages;
        counters().messagesOut.add(messages);
        changed();
    }

    /// The queue of waiting frames, until all of it is given up: another queue then takes its
    /// place.
    final synchronized FrameQueue current() {
        return queue(0);
    }

    /// Takes the next control frame if this still is what waits; `null` when there is none.
    final synchronized @Nullable EncodedFrame takeControl(FrameQueue current) {
        return queue == current ? current.takeControl() : null;
    }

    /// Bytes of messages that wait to be written.
    public final synchronized int waitingBytes() {
        return queue == null ? 0 : queue.bytes();
    }

    /// The most that ever waited, in bytes.
    public final synchronized int peakBytes() {
        return peakBytes;
    }

    /// Messages to this client so far; wraps around.
    public final synchronized int messagesOut() {
        return messagesOut;
    }

    private FrameQueue queue(int expected) {
        if (queue == null) {
            queue = new FrameQueue(bounds(), expected);
        }
        return queue;
    }

    /// Whether there is room for a data frame of the connection's own.
    final boolean hasRoom(int bytes) {
        return queue == null || queue.hasRoom(bytes);
    }

    /// Whether there is room for a data frame that another has published.
    final boolean hasRoomToOffer(int bytes) {
        return queue == null || queue.hasRoomToOffer(bytes);
    }
}
