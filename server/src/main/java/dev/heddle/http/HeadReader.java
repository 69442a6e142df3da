package dev.heddle.http;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads request heads from a connection under limits.
///
/// Used by one thread, the connection's own, which blocks here while a head is not whole; the
/// deadline for that is not kept here. Bytes behind a head stay in its intake. Source: RFC 9112,
/// section 2.
public final class HeadReader implements AutoCloseable {
    private final Intake intake;
    private final int maxHeadBytes;
    private final int maxHeaders;

    /// @param in the connection
    /// @param small what most heads fit
    /// @param large what every head fits that is not too large
    /// @param limits the longest head and the most header lines in one
    public HeadReader(InputStream in, BufferPool small, BufferPool large, HeadLimits limits) {
        this.intake = new Intake(in, small, large);
        this.maxHeadBytes = Math.min(limits.maxBytes(), large.bufferBytes());
        this.maxHeaders = limits.maxHeaders();
    }

    /// Waits for a request. Blocks until bytes of one are there.
    ///
    /// @return whether they are, or else the stream has ended
    public boolean awaitStart() throws IOException {
        if (!hasStarted()) {
            intake.compact();
            intake.fill();
        }
        return hasStarted();
    }

    /// Reads the next head. Blocks until it is whole.
    ///
    /// @return the head, or `null` when the stream ends
    /// @throws BadRequest when it breaks a rule or a limit
    public @Nullable RequestHead read() throws IOException, BadRequest {
        intake.compact();
        HeadScanner scanner = new HeadScanner();
        while (true) {
            int from = intake.from();
            int limit = Math.min(intake.to(), from + maxHeadBytes);
            int end = scanner.scan(intake.bytes(), from, limit);
            if (end >= 0) {
                RequestHead head =
                        RequestHead.parse(intake.bytes(), from + scanner.skipped(), maxHeaders);
                intake.take(end - from);
                return head;
            }
            if (limit == from + maxHeadBytes) {
                throw scanner.isInRequestLine()
                        ? BadRequest.TARGET_TOO_LONG
                        : BadRequest.HEAD_TOO_LARGE;
            }
            if (intake.fill() < 0) {
                return null;
            }
        }
    }

    /// Whether bytes of a head have arrived that is not whole.
    public boolean hasStarted() {
        return intake.hasBytes();
    }

    /// A byte behind the last head. Blocks until there is one.
    int readByte() throws IOException {
        if (!awaitStart()) {
            throw new EOFException("the request ends too early");
        }
        int value = intake.bytes()[intake.from()] & 0xFF;
        intake.take(1);
        return value;
    }

    /// Some bytes behind the last head. Blocks until there is one.
    ///
    /// @param most how many; at least one
    /// @return how many there were
    int readBytes(byte[] into, int most) throws IOException {
        if (!awaitStart()) {
            throw new EOFException("the request ends too early");
        }
        int count = Math.min(most, intake.to() - intake.from());
        System.arraycopy(intake.bytes(), intake.from(), into, 0, count);
        intake.take(count);
        return count;
    }

    /// The bytes that have arrived behind the last head; this reader's, until it is closed.
    public Intake intake() {
        return intake;
    }

    /// Gives the buffer back.
    @Override
    public void close() {
        intake.close();
    }
}
