package dev.heddle.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;

/// Joins the fragments of a server's messages (RFC 6455 section 5.4).
final class Fragments {
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    /// The opcode of the message whose first fragment has come; 0 between messages.
    private int opcode;

    /// The reserved bits of that fragment.
    private int reservedBits;

    private boolean mayCompress;

    /// From now on messages may be compressed; their frames then have the first reserved bit.
    void mayCompress() {
        mayCompress = true;
    }

    /// Reads one control frame, which may come between the fragments of a message, or one whole
    /// message as a final frame. Empty when the stream ends between messages.
    Optional<RawFrame> next(TimedInput in) throws IOException {
        while (true) {
            Optional<RawFrame> read = StrictFrames.read(in, mayCompress);
            if (read.isEmpty() && opcode != RawFrame.CONTINUATION) {
                throw new ProtocolException("the stream ends in the middle of a message");
            }
            if (read.isEmpty() || read.get().opcode() >= RawFrame.CLOSE) {
                return read;
            }
            Optional<RawFrame> whole = add(read.get());
            if (whole.isPresent()) {
                return whole;
            }
        }
    }

    private Optional<RawFrame> add(RawFrame frame) throws IOException {
        boolean isFirst = frame.opcode() != RawFrame.CONTINUATION;
        if (isFirst != (opcode == RawFrame.CONTINUATION)) {
            throw new ProtocolException("no server may send this here: " + frame);
        }
        if (isFirst && frame.fin()) {
            return Optional.of(frame);
        }
        opcode = isFirst ? frame.opcode() : opcode;
        reservedBits = isFirst ? frame.reservedBits() : reservedBits;
        payload.writeBytes(frame.payload());
        if (!frame.fin()) {
            return Optional.empty();
        }
        RawFrame whole = RawFrame.of(opcode, payload.toByteArray()).rsv(reservedBits);
        opcode = RawFrame.CONTINUATION;
        payload.reset();
        StrictFrames.requireValid(whole, mayCompress);
        return Optional.of(whole);
    }
}
