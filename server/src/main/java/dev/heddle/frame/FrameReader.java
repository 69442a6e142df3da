package dev.heddle.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads frames from a stream: a header, then its payload, then the next header.
///
/// Used by one thread, the connection's own, which blocks here while bytes are missing. The buffer
/// belongs to the caller, who lends it for the reader's life; it may hold bytes that have already
/// arrived. Source: RFC 6455, section 5.
public final class FrameReader {
    private final InputStream in;
    private final byte[] buffer;
    private int from;
    private int to;
    private long payloadLeft;
    private int maskingKey;
    private long bytesRead;

    /// @param in where further bytes come from
    /// @param buffer at least 512 bytes, owned by the caller
    /// @param from where the bytes that have already arrived begin in the buffer
    /// @param to where they end
    public FrameReader(InputStream in, byte[] buffer, int from, int to) {
        this.in = in;
        this.buffer = buffer;
        this.from = from;
        this.to = to;
    }

    /// Reads the next header; the payload before it must have been taken. Blocks until it is whole.
    ///
    /// @param mayCompress whether peer and server have agreed on compression
    /// @throws ProtocolViolation when the header breaks a rule
    /// @throws EOFException when the stream ends
    public FrameHeader readHeader(boolean mayCompress) throws IOException, ProtocolViolation {
        if (payloadLeft != 0) {
            throw new IllegalStateException("payload left unread");
        }
        if (from == to) {
            from = 0;
            to = 0;
        }
        FrameHeader header;
        while ((header = FrameHeader.decode(buffer, from, to, mayCompress)) == null) {
            fill();
        }
        from += header.encodedBytes();
        payloadLeft = header.payloadLength();
        maskingKey = header.maskingKey();
        return header;
    }

    /// Makes room for the current frame's whole payload in [#buffer], if it is small enough; then
    /// [#readInPlace] reads it there without a copy.
    ///
    /// @return where the payload begins in the buffer, or -1: then [#readPayload] reads it
    public int startInPlace() {
        if (payloadLeft > buffer.length) {
            return -1;
        }
        if (from + payloadLeft > buffer.length) {
            compact();
        }
        return from;
    }

    /// Reads the next bytes of a payload for which [#startInPlace] made room, each call right
    /// behind the last one's bytes, unmasked. Blocks until there is at least one.
    ///
    /// @return how many were read, at least 1
    public int readInPlace() throws IOException {
        if (from == to) {
            fill();
        }
        int count = (int) Math.min(payloadLeft, to - from);
        maskingKey = Masking.apply(buffer, from, count, maskingKey);
        from += count;
        payloadLeft -= count;
        return count;
    }

    /// Reads the next bytes of the current frame's payload, unmasked, to where they lie in
    /// [#buffer] until the next call, and end at [#position]. Blocks until there is at least one.
    ///
    /// @return how many were read, at least 1
    public int readChunk() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        }
        return readInPlace();
    }

    /// Where the bytes end in [#buffer] that have been taken.
    public int position() {
        return from;
    }

    /// Reads the next bytes of the current frame's payload, unmasked. Blocks until there is at
    /// least one.
    ///
    /// @param length how many bytes are wanted at most; the frame must have some left
    /// @return how many were read, at least 1
    public int readPayload(byte[] into, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, payloadLeft);
        int count = Math.min(wanted, to - from);
        if (count > 0) {
            System.arraycopy(buffer, from, into, offset, count);
            from += count;
        } else {
            count = read(into, offset, wanted);
        }
        maskingKey = Masking.apply(into, offset, count, maskingKey);
        payloadLeft -= count;
        return count;
    }

    /// Bytes of the current frame's payload that have not been taken.
    public long payloadLeft() {
        return payloadLeft;
    }

    /// The buffer that [#startInPlace] points into; what lies there is valid until the next header.
    public byte[] buffer() {
        return buffer;
    }

    /// How many bytes were read from the stream.
    public long bytesRead() {
        return bytesRead;
    }

    /// Whether bytes have arrived that nobody has taken.
    public boolean hasBuffered() {
        return from < to;
    }

    private void fill() throws IOException {
        if (to == buffer.length) {
            compact();
        }
        to += read(buffer, to, buffer.length - to);
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count < 0) {
            throw new EOFException();
        }
        bytesRead += count;
        return count;
    }

    private void compact() {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
    }
}
