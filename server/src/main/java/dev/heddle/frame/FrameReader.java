package dev.heddle.frame;

import dev.heddle.buffer.Intake;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;

/// Reads frames from a stream: a header, then its payload, then the next header.
///
/// Used by one thread, the connection's own, which blocks here while bytes are missing. The intake
/// belongs to the caller, who lends it for the reader's life; it may hold bytes that have already
/// arrived. Source: RFC 6455, section 5.
public final class FrameReader {
    private final Intake intake;
    private long payloadLeft;
    private int maskingKey;
    private long bytesRead;

    /// @param intake where bytes come from
    public FrameReader(Intake intake) {
        this.intake = intake;
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
        FrameHeader header;
        while ((header = decode(mayCompress)) == null) {
            intake.compact();
            count(intake.fill());
        }
        intake.take(header.encodedBytes());
        payloadLeft = header.payloadLength();
        maskingKey = header.maskingKey();
        return header;
    }

    private @Nullable FrameHeader decode(boolean mayCompress) throws ProtocolViolation {
        return FrameHeader.decode(intake.bytes(), intake.from(), intake.to(), mayCompress);
    }

    /// Makes room for the current frame's whole payload in [#buffer], if it is small enough and has
    /// arrived; then [#readInPlace] reads it there without a copy.
    ///
    /// @return where the payload begins in the buffer, or -1: then [#readPayload] reads it
    public int startInPlace() throws IOException {
        if (payloadLeft > intake.usualBytes() || !intake.hasArrived(payloadLeft)) {
            return -1;
        }
        if (payloadLeft > intake.to() - intake.from()) {
            intake.makeRoom((int) payloadLeft);
        }
        return intake.from();
    }

    /// Reads the next bytes of a payload for which [#startInPlace] made room, each call right
    /// behind the last one's bytes, unmasked. Blocks until there is at least one.
    ///
    /// @return how many were read, at least 1
    public int readInPlace() throws IOException {
        if (!intake.hasBytes()) {
            count(intake.fillAtOnce());
        }
        return takeInPlace();
    }

    private int takeInPlace() {
        int count = (int) Math.min(payloadLeft, intake.to() - intake.from());
        maskingKey = Masking.apply(intake.bytes(), intake.from(), count, maskingKey);
        intake.take(count);
        payloadLeft -= count;
        return count;
    }

    /// Reads the next bytes of the current frame's payload, unmasked, to where they lie in
    /// [#buffer] until the next call, and end at [#position]. Blocks until there is at least one.
    ///
    /// @return how many were read, at least 1
    public int readChunk() throws IOException {
        if (!intake.hasBytes()) {
            intake.compact();
            count(intake.fill());
        }
        return takeInPlace();
    }

    /// Where the bytes end in [#buffer] that have been taken.
    public int position() {
        return intake.from();
    }

    /// Reads the next bytes of the current frame's payload, unmasked. Blocks until there is at
    /// least one.
    ///
    /// @param length how many bytes are wanted at most; the frame must have some left
    /// @return how many were read, at least 1
    public int readPayload(byte[] into, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, payloadLeft);
        int count = Math.min(wanted, intake.to() - intake.from());
        if (count > 0) {
            System.arraycopy(intake.bytes(), intake.from(), into, offset, count);
            intake.take(count);
        } else {
            count = count(intake.readPast(into, offset, wanted));
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
        return intake.bytes();
    }

    /// How many bytes were read from the stream.
    public long bytesRead() {
        return bytesRead;
    }

    /// Whether bytes have arrived that nobody has taken.
    public boolean hasBuffered() {
        return intake.hasBytes();
    }

    /// @param count of bytes that were read, or -1
    private int count(int count) throws EOFException {
        if (count < 0) {
            throw new EOFException();
        }
        bytesRead += count;
        return count;
    }
}
