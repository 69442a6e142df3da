package dev.heddle.http;

import dev.heddle.buffer.BufferPool;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads request heads from a connection under limits.
///
/// Used by one thread, the connection's own, which blocks here while a head is not whole; the
/// deadline for that is not kept here. It borrows a small buffer, and a large one when a head does
/// not fit; [#close] gives it back. What has arrived behind a head stays in it. Source: RFC 9112,
/// section 2.
public final class HeadReader implements AutoCloseable {
    private final InputStream in;
    private final BufferPool large;
    private final int maxHeadBytes;
    private final int maxHeaders;
    private BufferPool lender;
    private byte[] buffer;
    private int from;
    private int to;

    /// @param in the connection
    /// @param small what most heads fit
    /// @param large what every head fits that is not too large
    /// @param limits the longest head and the most header lines in one
    public HeadReader(InputStream in, BufferPool small, BufferPool large, HeadLimits limits) {
        this.in = in;
        this.large = large;
        this.maxHeadBytes = Math.min(limits.maxBytes(), large.bufferBytes());
        this.maxHeaders = limits.maxHeaders();
        this.lender = small;
        this.buffer = small.borrow();
    }

    /// Waits for a request. Blocks until bytes of one are there.
    ///
    /// @return whether they are, or else the stream has ended
    public boolean awaitStart() throws IOException {
        if (!hasStarted()) {
            compact();
            to = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return hasStarted();
    }

    /// Reads the next head. Blocks until it is whole.
    ///
    /// @return the head, or `null` when the stream ends
    /// @throws BadRequest when it breaks a rule or a limit
    public @Nullable RequestHead read() throws IOException, BadRequest {
        compact();
        HeadScanner scanner = new HeadScanner();
        while (true) {
            int limit = Math.min(to, from + maxHeadBytes);
            int end = scanner.scan(buffer, from, limit);
            if (end >= 0) {
                RequestHead head = RequestHead.parse(buffer, from + scanner.skipped(), maxHeaders);
                from = end;
                return head;
            }
            if (limit == from + maxHeadBytes) {
                throw scanner.isInRequestLine()
                        ? BadRequest.TARGET_TOO_LONG
                        : BadRequest.HEAD_TOO_LARGE;
            }
            if (to == buffer.length) {
                enlarge();
            }
            int count = in.read(buffer, to, buffer.length - to);
            if (count < 0) {
                return null;
            }
            to += count;
        }
    }

    /// Whether bytes of a head have arrived that is not whole.
    public boolean hasStarted() {
        return from < to;
    }

    /// A byte behind the last head. Blocks until there is one.
    int readByte() throws IOException {
        if (!awaitStart()) {
            throw new EOFException("the request ends too early");
        }
        return buffer[from++] & 0xFF;
    }

    /// Some bytes behind the last head. Blocks until there is one.
    ///
    /// @param most how many; at least one
    /// @return how many there were
    int readBytes(byte[] into, int most) throws IOException {
        if (!awaitStart()) {
            throw new EOFException("the request ends too early");
        }
        int count = Math.min(most, to - from);
        System.arraycopy(buffer, from, into, 0, count);
        from += count;
        return count;
    }

    /// What has arrived behind the last head: `buffer[from, to)`.
    public byte[] buffer() {
        return buffer;
    }

    /// Where it begins.
    public int from() {
        return from;
    }

    /// Where it ends.
    public int to() {
        return to;
    }

    /// Gives the buffer back.
    @Override
    public void close() {
        lender.giveBack(buffer);
    }

    private void enlarge() {
        byte[] larger = large.borrow();
        System.arraycopy(buffer, 0, larger, 0, to);
        close();
        buffer = larger;
        lender = large;
    }

    private void compact() {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
    }
}
