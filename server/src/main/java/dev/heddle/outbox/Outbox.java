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

    /// Waits for room, as long as it is not the peer that is slow: while our own writer has not had
    /// its turn; and, until the outbox has been empty again, for the grace time in all while the
    /// peer's socket does not take what we write.
    ///
    /// @param bytes the length of the frame that there must be room for
    /// @return whether there is room, or the outbox is closed; `false` means a slow consumer
    public synchronized boolean awaitRoom(int bytes) {
        int before = transport.nowMillis();
        while (!closed && !hasRoom(bytes)) {
            boolean isWriting = writeStartedMillis != 0;
            if (isWriting && stalledMillis >= context.slowConsumerMillis()) {
                return false;
            }
            waitForWriter();
            int now = transport.nowMillis();
            stalledMillis += isWriting ? now - before : 0;
            before = now;
        }
        return true;
    }

    /// Sends a data frame on the connection's own thread: writes it, or waits for room when another
    /// writer is at work. A peer that does not read then holds up its own reader alone.
    public void send(EncodedFrame frame) {
        synchronized (this) {
            while (!closed && !hasRoom(frame.length())) {
                waitForWriter();
            }
            if (closed) {
                return;
            }
            queue().addData(frame);
            if (!becomeWriter()) {
                return;
            }
        }
        drain();
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
            waitForWriter();
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
            drain();
        } catch (RuntimeException | Error bug) {
            context.counters().bug(bug);
        }
    }

    /// Writes the opening handshake's response, and then what has been queued meanwhile. **Only the
    /// thread that made this outbox may call it, once.**
    public void begin(byte[] response) {
        try {
            write(response, response.length);
        } catch (IOException gone) {
            fail();
            return;
        }
        drain();
    }

    /// Writes until nothing is queued. Only the writer may call it, and is the writer no more.
    private void drain() {
        byte[] buffer = null;
        try {
            while (true) {
                EncodedFrame first;
                int gathered = 0;
                synchronized (this) {
                    notifyAll();
                    first = queue == null ? null : queue.take();
                    if (first == null || queue == null) {
                        endWriting();
                        return;
                    }
                    if (queue.peek() != null && first.length() < context.buffers().bufferBytes()) {
                        buffer = buffer == null ? context.buffers().borrow() : buffer;
                        first.copyTo(buffer, 0);
                        gathered = queue.gather(buffer, first.length());
                    }
                    context.counters().messagesOut.add(queue.resetTakenMessages());
                }
                if (buffer != null && gathered > 0) {
                    write(buffer, gathered);
                } else {
                    write(first.bytes(), first.length());
                }
            }
        } catch (IOException gone) {
            fail();
        } catch (RuntimeException | Error bug) {
            fail();
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

    private void fail() {
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
            fail();
            throw unstarted;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop, each on its own condition
    private void waitForWriter() {
        try {
            wait(context.patienceMillis());
        } catch (InterruptedException interrupted) {
            transport.abort();
            abandon();
        }
    }
}
