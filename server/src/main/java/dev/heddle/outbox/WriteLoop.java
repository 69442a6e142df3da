package dev.heddle.outbox;

import dev.heddle.deflate.Compression;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.event.WriteStalled;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// The work of an outbox's writer: it writes the waiting frames, and holds no lock meanwhile.
///
/// All that writes is for the writer alone, of which there is one at a time: see [OneWriterQueue].
abstract class WriteLoop extends OneWriterQueue {
    private final Transport transport;
    private final OutboxContext context;

    /// The writer's alone.
    private long bytesOut;

    private volatile int writeStartedMillis;

    WriteLoop(Transport transport, OutboxContext context) {
        this.transport = transport;
        this.context = context;
    }

    /// The connection that is written to.
    public final Transport transport() {
        return transport;
    }

    /// The bounds of the outbox.
    @Override
    public final OutboxContext.Bounds bounds() {
        return context.bounds();
    }

    /// The compression for the peer; `null` if it takes plain frames alone.
    public final @Nullable Compression compression() {
        return context.compression();
    }

    /// The counters of the server.
    @Override
    public final Counters counters() {
        return context.counters();
    }

    /// What is said to a peer that is sent away.
    public final Farewell farewell() {
        return context.farewell();
    }

    @Override
    final void look(Stall stall) {
        stall.look(transport.nowMillis(), this::isPeerBehind);
    }

    /// Whether the writer waits for its peer, rather than for its own turn.
    final boolean isPeerBehind() {
        return writeStartedMillis != 0 && !transport.hasTakenAll();
    }

    /// Bytes to this client so far. Another thread may see it a little late.
    public final long bytesOut() {
        return bytesOut;
    }

    /// When the write that is under way began, on the transport's clock; 0 when none is.
    public final int writeStartedMillis() {
        return writeStartedMillis;
    }

    /// Lets one of the writers' threads write. **Only the writer may call it**, and is the writer
    /// no more. Never blocks.
    final void leaveToWriters() {
        try {
            context.writers().add(this);
        } catch (RuntimeException | Error unstarted) {
            giveUp();
            throw unstarted;
        }
    }

    /// Writes the opening handshake's response, and then some of what waits, as [#drain] does.
    final void writeResponse(byte[] response) {
        write(null, response);
    }

    /// Writes this frame, and then some of what waits, as [#drain] does.
    final void writeFirst(EncodedFrame frame) {
        write(frame, frame.bytes());
    }

    /// Writes of what is queued as much as one write takes, and leaves the rest to the [Writers].
    @Override
    final void drain() {
        write(null, null);
    }

    /// @param frame of which the bytes are; `null` when they are none
    /// @param first written before all that waits; nothing if `null`
    private void write(@Nullable EncodedFrame frame, byte @Nullable [] first) {
        try {
            if (frame != null) {
                write(frame);
            } else if (first != null) {
                write(first, 0, first.length);
            }
            boolean hasEnded = first != null && endWrite();
            if (!hasEnded && !writeQueued()) {
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
        EncodedFrame alone =
                takeAlone(Math.min(context.buffers().bufferBytes(), transport.maxWriteBytes()));
        if (alone != null) {
            write(alone);
        } else {
            writeGathered();
        }
        return endWrite();
    }

    private void writeGathered() throws IOException {
        byte[] buffer = context.buffers().borrow();
        try {
            int most = Math.min(buffer.length, transport.maxWriteBytes());
            write(buffer, 0, gather(buffer, most));
        } finally {
            context.buffers().giveBack(buffer);
        }
    }

    /// @return whether nothing is left, and the writing has ended
    private boolean endWrite() {
        List<Runnable> due;
        boolean hasEnded;
        synchronized (this) {
            due = takeDue();
            hasEnded = endIfEmpty();
        }
        for (int i = 0; i < due.size(); i++) {
            run(due.get(i));
        }
        return hasEnded;
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

    /// Writes a frame, a long one as fragments.
    private void write(EncodedFrame frame) throws IOException {
        int max = context.bounds().sending().maxFrameBytes();
        int length = frame.payloadLength();
        if (length <= max) {
            write(frame.bytes(), 0, frame.length());
            return;
        }
        FrameQueue current = current();
        for (int from = 0; from < length && mayGoOn(current, frame); from += max) {
            writeFragment(frame, from, Math.min(max, length - from));
        }
    }

    /// Writes the control frames that wait: they may go between fragments (RFC 6455, section 5.4).
    /// Not between those of a compressed message, of which some clients then lose the rest.
    ///
    /// @return whether the message goes on: not if it was given up
    private boolean mayGoOn(FrameQueue current, EncodedFrame message) throws IOException {
        EncodedFrame control;
        while (!message.isCompressed() && (control = takeControl(current)) != null) {
            write(control.bytes(), 0, control.length());
        }
        return current() == current;
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
        int most = transport.maxWriteBytes();
        for (int at = 0; at < length; at += most) {
            int now = transport.nowMillis();
            writeStartedMillis = now == 0 ? 1 : now;
            int count = Math.min(most, length - at);
            try {
                transport.write(bytes, from + at, count);
            } finally { // also when it was given up, which is the longest wait of all
                int took = transport.nowMillis() - now;
                if (took >= WriteStalled.MIN_MILLIS) {
                    WriteStalled.emit(transport.id(), transport.address(), took, count);
                }
            }
        }
        writeStartedMillis = 0;
        bytesOut += length;
        context.counters().bytesOut.add(length);
    }

    @Override
    final void giveUp() {
        writeStartedMillis = 0;
        transport.abort();
        synchronized (this) {
            abandon();
            endWriting();
        }
    }
}
