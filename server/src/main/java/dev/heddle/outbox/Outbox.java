package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.event.SlowConsumer;
import dev.heddle.telemetry.event.WriteStalled;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// A connection's outgoing frames, and the loop that writes them.
///
/// **Thread-safe.** One thread at a time is the writer: whoever brings a frame and finds no writer
/// sees to it that there is one, one of the [Writers] after an `offer`, or the connection's own
/// thread in a `send`. The writer gathers what is queued into one pooled buffer and one write, and
/// holds no lock while it writes; what is queued meanwhile is left to the next one. An outbox
/// begins with a writer: the thread that does the opening handshake, which calls [#begin].
public final class Outbox {
    /// How long a wait for the writer lasts before the condition is looked at again.
    private static final long PATIENCE_MILLIS = 100;

    /// One write is at most this long, so that the deadline sees what the peer takes: the kernel
    /// wakes who waits for room only when a third of its buffer is free, and then has room for some
    /// such writes at once.
    private static final int MAX_WRITE_BYTES = 16 * 1024;

    private final Transport transport;
    private final OutboxContext context;

    // Guarded by this; no writer means no queue.
    private @Nullable FrameQueue queue;
    private boolean hasWriter = true;
    private boolean hasWaiters;
    private boolean closed;

    /// Whether a long reply was begun since there last was nothing to write.
    private boolean isBehindReply;

    /// How long the hub has waited for this peer's socket since there last was nothing to write.
    private int stalledMillis;

    private int peakBytes;
    private int messagesOut;

    /// The writer's alone.
    private long bytesOut;

    private volatile int writeStartedMillis;

    /// @param transport the connection
    /// @param context what all outboxes of an endpoint share
    public Outbox(Transport transport, OutboxContext context) {
        this.transport = transport;
        this.context = context;
    }

    /// Queues data frames as far as the bounds allow. **Never blocks.**
    ///
    /// @param from the index of the first frame to queue
    /// @return the index of the first frame that was not taken; `frames.size()` when all were, or
    ///   when the outbox is closed and takes nothing any more
    public int offerAll(List<EncodedFrame> frames, int from) {
        int next = from;
        synchronized (this) {
            if (closed) {
                return frames.size();
            }
            while (next < frames.size() && hasRoomToOffer(frames.get(next).length())) {
                queue(frames.size() - next).addData(frames.get(next++));
            }
            notePeak();
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
        if (!closed && !hasRoomToOffer(bytes)) {
            waitForWriter(maxMillis);
        }
    }

    /// Decides whose fault it is that there is no room. It is ours as long as our writer has not
    /// had its turn. While the writer is in a write that the peer's socket does not take, the time
    /// counts that the hub has waited, in all until the outbox has been empty again.
    ///
    /// @param waitedMillis how long it has waited since the last call
    /// @return whether the peer is a slow consumer
    public synchronized boolean chargeWait(int waitedMillis) {
        if (closed || writeStartedMillis == 0) {
            return false;
        }
        stalledMillis += waitedMillis;
        return stalledMillis >= context.bounds().slowConsumerMillis();
    }

    /// Sends a data frame on the connection's own thread: writes it, or waits for room when another
    /// writer is at work. A peer that does not read then holds up its own reader alone.
    public void send(EncodedFrame frame) {
        synchronized (this) {
            while (!closed && !hasRoom(frame.length())) {
                waitForWriter(PATIENCE_MILLIS);
            }
            if (closed) {
                return;
            }
            isBehindReply |= frame.length() > MAX_WRITE_BYTES;
            if (!becomeWriter()) {
                queue(1).addReply(frame);
                notePeak();
                return;
            }
            messagesOut++;
        }
        context.counters().messagesOut.increment();
        writeFirst(frame);
    }

    /// Runs the action once all that waits is written; at once if nothing does, and not at all if
    /// the connection ends before. **Never blocks.**
    ///
    /// @param action any thread may run it, and it must not block
    public void whenWritten(Runnable action) {
        synchronized (this) {
            if (hasWriter) {
                queue(0).addWaiter(action);
                return;
            }
        }
        action.run();
    }

    /// Answers a ping on the connection's own thread: writes the pong, or queues it before all data
    /// when another writer is at work.
    public void sendPong(EncodedFrame pong) {
        if (queueControl(pong)) {
            drain();
        }
    }

    /// Sends a ping, unless a writer is at work: its progress says as much about the peer. **Never
    /// blocks.**
    ///
    /// @return whether it is sent
    public boolean offerPing() {
        synchronized (this) {
            if (hasWriter || !queueControl(EncodedFrame.ping())) {
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

    /// Whether frames are still taken. A closed outbox says that it has taken what it drops.
    public synchronized boolean isTaking() {
        return !closed;
    }

    /// Takes nothing any more; what waits is still written.
    public synchronized void takeNoMore() {
        closed = true;
        wakeWaiters();
    }

    /// Takes nothing any more and forgets what waits: the connection has ended.
    public synchronized void abandon() {
        closed = true;
        queue = null;
        wakeWaiters();
    }

    /// Waits until everything queued is written or given up; the write deadline bounds it.
    public synchronized void awaitFlushed() {
        while (hasWriter) {
            waitForWriter(PATIENCE_MILLIS);
        }
    }

    /// Whether everything queued is written or given up.
    public synchronized boolean isFlushed() {
        return !hasWriter;
    }

    /// Emits that this peer is a slow consumer.
    ///
    /// @param bytes of messages that are given up
    public void emitSlowConsumer(@Nullable String user, int bytes) {
        SlowConsumer.emit(transport.id(), user, transport.peer(), bytes);
    }

    /// Bytes of messages that wait to be written.
    public synchronized int waitingBytes() {
        return queue == null ? 0 : queue.bytes();
    }

    /// The most that ever waited, in bytes.
    public synchronized int peakBytes() {
        return peakBytes;
    }

    /// Messages to this client so far; wraps around.
    public synchronized int messagesOut() {
        return messagesOut;
    }

    /// Bytes to this client so far. Another thread may see it a little late.
    public long bytesOut() {
        return bytesOut;
    }

    /// The close code that tells a client to come back.
    public int tryAgainCode() {
        return context.bounds().sending().tryAgainCode();
    }

    /// The connection that this is the outbox of.
    public Transport transport() {
        return transport;
    }

    /// What is counted.
    public Counters counters() {
        return context.counters();
    }

    /// When the write that is under way began, on the transport's clock; 0 when none is.
    public int writeStartedMillis() {
        return writeStartedMillis;
    }

    /// Writes the opening handshake's response, and then what has been queued meanwhile. **Only the
    /// thread that made this outbox may call it, once.**
    public void begin(byte[] response) {
        writeFirst(null, response);
    }

    private void writeFirst(EncodedFrame frame) {
        writeFirst(frame, frame.bytes());
    }

    /// Writes this frame or these bytes, and then what has been queued meanwhile. **Only the writer
    /// may call it**, and is the writer no more.
    private void writeFirst(@Nullable EncodedFrame frame, byte[] bytes) {
        try {
            if (frame == null) {
                write(bytes, 0, bytes.length);
            } else {
                write(frame);
            }
        } catch (IOException gone) {
            giveUp();
            return;
        } catch (RuntimeException | Error bug) {
            giveUp();
            throw bug;
        }
        drain();
    }

    /// Writes of what is queued as much as one write takes, and leaves the rest to the [Writers].
    /// **Only the writer may call it**, and is the writer no more.
    void drain() {
        try {
            if (!writeQueued()) {
                leaveToWriters();
            }
        } catch (IOException gone) {
            giveUp();
        } catch (RuntimeException | Error bug) {
            giveUp();
            throw bug;
        }
    }

    /// @return whether nothing is left, and the writing has ended
    private boolean writeQueued() throws IOException {
        EncodedFrame first;
        byte[] buffer = null;
        int gathered = 0;
        try {
            synchronized (this) {
                FrameQueue waiting = queue;
                first = waiting == null ? null : waiting.take();
                if (waiting != null && first != null) {
                    if (waiting.peek() != null
                            && first.length() < context.buffers().bufferBytes()) {
                        buffer = context.buffers().borrow();
                        first.copyTo(buffer, 0);
                        gathered = waiting.gather(buffer, first.length());
                    }
                    int messages = waiting.resetTakenMessages();
                    messagesOut += messages;
                    context.counters().messagesOut.add(messages);
                    wakeWaiters();
                }
            }
            if (buffer != null) {
                write(buffer, 0, gathered);
            } else if (first != null) {
                write(first);
            }
        } finally {
            if (buffer != null) {
                context.buffers().giveBack(buffer);
            }
        }
        return endWrite();
    }

    /// @return whether nothing is left, and the writing has ended
    private boolean endWrite() {
        List<Runnable> due;
        boolean isEmpty;
        synchronized (this) {
            due = queue == null ? List.of() : queue.takeDue();
            isEmpty = queue == null || queue.peek() == null;
            if (isEmpty) {
                endWriting();
            }
        }
        for (int i = 0; i < due.size(); i++) {
            run(due.get(i));
        }
        return isEmpty;
    }

    /// Runs what waited for the writing. Another thread may be the writer already, whom a failure
    /// of it must not touch.
    private void run(Runnable due) {
        try {
            due.run();
        } catch (RuntimeException | Error bug) {
            context.counters().bug(bug);
        }
    }

    private void notePeak() {
        peakBytes = Math.max(peakBytes, waitingBytes());
    }

    private FrameQueue queue(int expected) {
        if (queue == null) {
            queue = new FrameQueue(context.bounds(), expected);
        }
        return queue;
    }

    private boolean hasRoom(int bytes) {
        return queue == null || queue.hasRoom(bytes);
    }

    private boolean hasRoomToOffer(int bytes) {
        return queue == null
                || (isBehindReply ? queue.hasRoomBehindReply(bytes) : queue.hasRoom(bytes));
    }

    /// @return whether the caller has to see to a writer, because there was none
    private boolean becomeWriter() {
        boolean none = !hasWriter;
        hasWriter = true;
        return none;
    }

    /// @return whether the caller has to see to a writer
    private synchronized boolean queueClose(EncodedFrame frame, boolean discard) {
        if (closed) {
            return false;
        }
        if (discard) {
            queue = null;
        }
        closed = true;
        queue(0).addClose(frame);
        transport.closeQueued();
        wakeWaiters();
        return becomeWriter();
    }

    /// @return whether the caller has to see to a writer
    private synchronized boolean queueControl(EncodedFrame frame) {
        if (closed) {
            return false;
        }
        queue(0).addControl(frame);
        return becomeWriter();
    }

    private void endWriting() {
        queue = null;
        hasWriter = false;
        isBehindReply = false;
        stalledMillis = 0;
        wakeWaiters();
    }

    /// Writes a frame, a long one as fragments.
    private void write(EncodedFrame frame) throws IOException {
        int max = context.bounds().sending().maxFrameBytes();
        int length = frame.payloadLength();
        if (length <= max) {
            write(frame.bytes(), 0, frame.length());
            return;
        }
        FrameQueue current;
        synchronized (this) {
            current = queue(0);
        }
        for (int from = 0; from < length && mayGoOn(current); from += max) {
            writeFragment(frame, from, Math.min(max, length - from));
        }
    }

    /// Writes the control frames that wait: they may go between fragments (RFC 6455, section 5.4).
    ///
    /// @return whether the message goes on: not if it was given up
    private boolean mayGoOn(FrameQueue current) throws IOException {
        while (true) {
            EncodedFrame control;
            synchronized (this) {
                if (queue != current) {
                    return false;
                }
                control = current.takeControl();
            }
            if (control == null) {
                return true;
            }
            write(control.bytes(), 0, control.length());
        }
    }

    private void writeFragment(EncodedFrame frame, int from, int length) throws IOException {
        byte[] buffer = context.buffers().borrow();
        int payload = frame.payloadStart() + from;
        int copied;
        try {
            int header = frame.putFragmentHeader(buffer, from, length);
            copied = Math.min(length, buffer.length - header);
            System.arraycopy(frame.bytes(), payload, buffer, header, copied);
            write(buffer, 0, header + copied);
        } finally {
            context.buffers().giveBack(buffer);
        }
        write(frame.bytes(), payload + copied, length - copied);
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        for (int at = 0; at < length; at += MAX_WRITE_BYTES) {
            int now = transport.nowMillis();
            writeStartedMillis = now == 0 ? 1 : now;
            int count = Math.min(MAX_WRITE_BYTES, length - at);
            try {
                transport.write(bytes, from + at, count);
            } finally { // also when it was given up, which is the longest wait of all
                int took = transport.nowMillis() - now;
                if (took >= WriteStalled.MIN_MILLIS) {
                    WriteStalled.emit(transport.id(), transport.peer(), took, count);
                }
            }
        }
        writeStartedMillis = 0;
        bytesOut += length;
        context.counters().bytesOut.add(length);
    }

    /// Ends the connection, with all that waits. **Only the writer may call it.**
    void giveUp() {
        writeStartedMillis = 0;
        transport.abort();
        synchronized (this) {
            abandon();
            endWriting();
        }
    }

    private void leaveToWriters() {
        try {
            context.writers().add(this);
        } catch (RuntimeException | Error unstarted) {
            giveUp();
            throw unstarted;
        }
    }

    @SuppressWarnings("NakedNotify") // the callers have changed what is waited for
    private void wakeWaiters() {
        if (hasWaiters) {
            hasWaiters = false;
            notifyAll();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop, each on its own condition
    private void waitForWriter(long maxMillis) {
        hasWaiters = true;
        try {
            wait(maxMillis);
        } catch (InterruptedException interrupted) {
            transport.abort();
            abandon();
        }
    }
}
