package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/// The frames that wait to be written to one connection, control frames first, and the loop that
/// writes them.
///
/// **Thread-safe.** One thread at a time is the writer: whoever brings a frame and finds no writer
/// sees to it that there is one, a virtual thread started by an `offer`, or the connection's own
/// thread in a `send`. The writer gathers what is queued into one pooled buffer and one write,
/// holds no lock while it writes, and ends when nothing is queued. An outbox begins with a writer:
/// the thread that does the opening handshake, whose first [#drain] comes after the response.
public final class Outbox implements Runnable {
    /// Control frames that wait at most; a newer pong then replaces the last, as RFC 6455, section
    /// 5.5.3 allows.
    private static final int MAX_CONTROL_FRAMES = 16;

    /// One write is at most this long, so that a large frame shows its progress to the deadline.
    private static final int MAX_WRITE_BYTES = 64 * 1024;

    private final Transport transport;
    private final OutboxContext context;

    // Guarded by this; no writer means that nothing is queued.
    private @Nullable ArrayDeque<EncodedFrame> control;
    private @Nullable ArrayDeque<EncodedFrame> data;
    private @Nullable EncodedFrame closeFrame;
    private int dataBytes;

    /// How long the hub has waited for this peer's socket since there last was nothing to write.
    private int stalledMillis;

    private boolean hasWriter = true;
    private boolean closed;

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
                add(frames.get(next++));
            }
            if (hasWriter) {
                return next;
            }
            hasWriter = true;
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
            if (hasWriter) {
                add(frame);
                return;
            }
            hasWriter = true;
        }
        context.counters().messagesOut.increment();
        drain(frame);
    }

    /// Answers a ping on the connection's own thread: writes the pong, or queues it before all data
    /// when another writer is at work.
    public void sendPong(EncodedFrame pong) {
        if (becomeWriterOrQueue(pong)) {
            drain(pong);
        }
    }

    /// Sends a ping, unless a writer is at work: its progress says as much about the peer. **Never
    /// blocks.**
    ///
    /// @return whether it is sent
    public boolean offerPing() {
        synchronized (this) {
            if (closed || hasWriter) {
                return false;
            }
            hasWriter = true;
            control = new ArrayDeque<>(1);
            control.add(EncodedFrame.ping());
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
                abandon();
            }
            closed = true;
            closeFrame = frame;
            notifyAll();
            if (hasWriter) {
                return;
            }
            hasWriter = true;
        }
        startWriter();
    }

    /// Takes nothing any more and forgets what waits: the connection has ended.
    public synchronized void abandon() {
        closed = true;
        closeFrame = null;
        control = null;
        data = null;
        dataBytes = 0;
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

    /// Writes until nothing is queued. **Only the writer may call it**, and is the writer no more.
    public void drain() {
        drain(null);
    }

    private void drain(@Nullable EncodedFrame first) {
        byte[] buffer = null;
        EncodedFrame alone = first;
        int gathered = 0;
        try {
            while (true) {
                if (alone != null) {
                    write(alone.bytes(), alone.length());
                } else if (buffer != null) {
                    write(buffer, gathered);
                }
                synchronized (this) {
                    alone = take();
                    notifyAll();
                    if (alone == null) {
                        hasWriter = false;
                        stalledMillis = 0;
                        return;
                    }
                    if (peek() != null && alone.length() < context.buffers().bufferBytes()) {
                        buffer = buffer == null ? context.buffers().borrow() : buffer;
                        gathered = gather(alone, buffer);
                        alone = null;
                    }
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

    private boolean hasRoom(int bytes) {
        return data == null
                || data.size() < context.maxMessages() && dataBytes + bytes <= context.maxBytes();
    }

    private void add(EncodedFrame frame) {
        if (data == null) {
            data = new ArrayDeque<>(2);
        }
        data.add(frame);
        dataBytes += frame.length();
    }

    private synchronized boolean becomeWriterOrQueue(EncodedFrame pong) {
        if (closed) {
            return false;
        }
        if (!hasWriter) {
            hasWriter = true;
            return true;
        }
        if (control == null) {
            control = new ArrayDeque<>(2);
        } else if (control.size() == MAX_CONTROL_FRAMES) {
            control.removeLast();
        }
        control.add(pong);
        return false;
    }

    private @Nullable EncodedFrame peek() {
        return control != null ? control.peek() : data != null ? data.peek() : closeFrame;
    }

    private @Nullable EncodedFrame take() {
        EncodedFrame frame = peek();
        if (control != null) {
            control.remove();
            control = control.isEmpty() ? null : control;
        } else if (data != null) {
            data.remove();
            dataBytes -= frame == null ? 0 : frame.length();
            data = data.isEmpty() ? null : data;
            context.counters().messagesOut.increment();
        } else {
            closeFrame = null;
        }
        return frame;
    }

    /// Copies frames into the buffer while they fit.
    ///
    /// @return how many bytes they take
    private int gather(EncodedFrame first, byte[] buffer) {
        int length = 0;
        EncodedFrame next = first;
        do {
            next.copyTo(buffer, length);
            length += next.length();
            next = peek();
        } while (next != null && next.length() <= buffer.length - length && take() == next);
        return length;
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
            hasWriter = false;
            abandon();
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
