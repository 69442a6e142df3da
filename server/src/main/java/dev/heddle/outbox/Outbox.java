package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// A connection's outgoing frames, and the loop that writes them.
///
/// **Thread-safe.** One thread at a time is the writer: whoever brings a frame and finds no writer
/// sees to it that there is one, a virtual thread started by an `offer`, or the connection's own
/// thread in a `send`. The writer gathers what is queued into one pooled buffer and one write,
/// holds no lock while it writes, and ends when nothing is queued. An outbox begins with a writer:
/// the thread that does the opening handshake, which calls [#begin].
public final class Outbox implements Runnable {
    private static final byte[] NOTHING = {};

    /// How long a wait for the writer lasts before the condition is looked at again.
    private static final long PATIENCE_MILLIS = 100;

    /// One write is at most this long, so that a large frame shows its progress to the deadline.
    private static final int MAX_WRITE_BYTES = 64 * 1024;

    private final Transport transport;
    private final OutboxContext context;

    // Guarded by this; no writer means no queue.
    private @Nullable FrameQueue queue;
    private boolean hasWriter = true;
    private boolean closed;

    /// How long the hub has waited for this peer's socket since there last was nothing to write.
    private int stalledMillis;

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
            while (next < frames.size() && hasRoom(frames.get(next).length())) {
                queue().addData(frames.get(next++));
            }
            if (!becomeWriter()) {
                return next;
            }
        }
        startWriter();
        return next;
    }

    /// Waits until there is room for a frame or the outbox is closed, at most for the given time.
    ///
    /// @param bytes the frame's length
    public synchronized void awaitRoom(int bytes, long maxMillis) {
        if (!closed && !hasRoom(bytes)) {
            waitForWriter(maxMillis);
        }
    }

    /// Decides whose fault it is that there is no room. It is ours as long as our writer has not
    /// had its turn. While the writer is in a write that the peer's socket does not take, the time
    /// counts that the hub has waited, in all until the outbox has been empty again.
    ///
    /// @param waitedMillis how long it has waited since the last call
    /// @return whether the peer is a slow consumer
    public synchronized boolean isTooSlow(int waitedMillis) {
        if (closed || writeStartedMillis == 0) {
            return false;
        }
        stalledMillis += waitedMillis;
        return stalledMillis >= context.slowConsumerMillis();
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
            queue().addData(frame);
            if (!becomeWriter()) {
                return;
            }
        }
        drain(NOTHING, 1);
    }

    /// Answers a ping on the connection's own thread: writes the pong, or queues it before all data
    /// when another writer is at work.
    public void sendPong(EncodedFrame pong) {
        if (queueControl(pong)) {
            drain(NOTHING, 1);
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
        startWriter();
        return true;
    }

    /// Queues the Close frame as the last one, and takes nothing after it. **Never blocks.**
    ///
    /// @param discard whether the frames that wait are given up
    public void close(EncodedFrame frame, boolean discard) {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (discard) {
                queue = null;
            }
            closed = true;
            queue().addClose(frame);
            notifyAll();
            if (!becomeWriter()) {
                return;
            }
        }
        startWriter();
    }

    /// Takes nothing any more and forgets what waits: the connection has ended.
    public synchronized void abandon() {
        closed = true;
        queue = null;
        notifyAll();
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

    /// When the write that is under way began, on the transport's clock; 0 when none is.
    public int writeStartedMillis() {
        return writeStartedMillis;
    }

    /// The life of a writer's own virtual thread.
    @Override
    public void run() {
        try {
            drain(NOTHING, Integer.MAX_VALUE);
        } catch (RuntimeException | Error bug) {
            context.counters().bug(bug);
        }
    }

    /// Writes the opening handshake's response, and then what has been queued meanwhile. **Only the
    /// thread that made this outbox may call it, once.**
    public void begin(byte[] response) {
        drain(response, 1);
    }

    /// Writes what is queued. **Only the writer may call it**, and is the writer no more.
    ///
    /// @param head what is written before anything queued
    /// @param maxWrites after so many writes the rest is left to a thread of its own, so that a
    ///   connection's thread can read on while others keep its outbox full
    private void drain(byte[] head, int maxWrites) {
        byte[] buffer = null;
        try {
            write(head, head.length);
            for (int writes = 0; ; writes++) {
                EncodedFrame first;
                FrameQueue waiting;
                int gathered = 0;
                synchronized (this) {
                    notifyAll();
                    waiting = queue;
                    if (writes == maxWrites && waiting != null && waiting.peek() != null) {
                        break;
                    }
                    first = waiting == null ? null : waiting.take();
                    if (waiting == null || first == null) {
                        endWriting();
                        return;
                    }
                    if (waiting.peek() != null
                            && first.length() < context.buffers().bufferBytes()) {
                        buffer = buffer == null ? context.buffers().borrow() : buffer;
                        first.copyTo(buffer, 0);
                        gathered = waiting.gather(buffer, first.length());
                    }
                    context.counters().messagesOut.add(waiting.resetTakenMessages());
                }
                if (buffer != null && gathered > 0) {
                    write(buffer, gathered);
                } else {
                    write(first.bytes(), first.length());
                }
            }
            startWriter();
        } catch (IOException gone) {
            giveUp();
        } catch (RuntimeException | Error bug) {
            giveUp();
            throw bug;
        } finally {
            if (buffer != null) {
                context.buffers().giveBack(buffer);
            }
        }
    }

    private FrameQueue queue() {
        if (queue == null) {
            queue = new FrameQueue(context);
        }
        return queue;
    }

    private boolean hasRoom(int bytes) {
        return queue == null || queue.hasRoom(bytes);
    }

    /// @return whether the caller has to see to a writer, because there was none
    private boolean becomeWriter() {
        boolean none = !hasWriter;
        hasWriter = true;
        return none;
    }

    /// @return whether the caller has to see to a writer
    private synchronized boolean queueControl(EncodedFrame frame) {
        if (closed) {
            return false;
        }
        queue().addControl(frame);
        return becomeWriter();
    }

    private void endWriting() {
        queue = null;
        hasWriter = false;
        stalledMillis = 0;
    }

    private void write(byte[] bytes, int length) throws IOException {
        for (int at = 0; at < length; at += MAX_WRITE_BYTES) {
            int now = transport.nowMillis();
            writeStartedMillis = now == 0 ? 1 : now;
            transport.write(bytes, at, Math.min(MAX_WRITE_BYTES, length - at));
        }
        writeStartedMillis = 0;
        context.counters().bytesOut.add(length);
    }

    private void giveUp() {
        writeStartedMillis = 0;
        transport.abort();
        synchronized (this) {
            abandon();
            endWriting();
        }
    }

    private void startWriter() {
        try {
            Thread.startVirtualThread(this);
        } catch (RuntimeException | Error unstarted) {
            giveUp();
            throw unstarted;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop, each on its own condition
    private void waitForWriter(long maxMillis) {
        try {
            wait(maxMillis);
        } catch (InterruptedException interrupted) {
            transport.abort();
            abandon();
        }
    }
}
