package dev.heddle.message;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.FrameHeader;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.Opcode;
import dev.heddle.frame.ProtocolViolation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Reads messages from frames: joins fragments, validates text while it arrives, keeps the limits
/// of one endpoint, and hands out control frames when they come.
///
/// Used by one thread, the connection's own, which blocks here while a message is not whole. A
/// violation ends the use of the reader. Source: RFC 6455, sections 5.4 to 5.6 and 8.1.
public final class MessageReader implements AutoCloseable {
    private final FrameReader frames;
    private final EndpointLimits limits;
    private final Assembly assembly;
    private final @Nullable Inflation inflation;
    private @Nullable Utf8Validator utf8;
    private @Nullable Opcode unfinished;
    private boolean isCompressed;
    private int fragments;

    /// Reads messages of a peer that does not compress.
    ///
    /// @param frames where frames come from
    /// @param limits the endpoint's limits
    /// @param share what the messages hold of the bytes that the process has for unfinished ones
    public MessageReader(FrameReader frames, EndpointLimits limits, UnfinishedBytes.Share share) {
        this(frames, limits, share, null);
    }

    /// Reads messages of a peer.
    ///
    /// @param inflation inflates them, and is closed with this; `null` if the peer may not compress
    public MessageReader(
            FrameReader frames,
            EndpointLimits limits,
            UnfinishedBytes.Share share,
            @Nullable Inflation inflation) {
        this.frames = frames;
        this.limits = limits;
        this.inflation = inflation;
        this.assembly = new Assembly(limits, share);
    }

    /// Reads the next message or control frame. Blocks until it is whole.
    ///
    /// @throws ProtocolViolation when the peer breaks a rule or a limit
    /// @throws java.io.EOFException when the stream ends
    public Incoming readNext() throws IOException, ProtocolViolation {
        if (unfinished == null) {
            assembly.clear();
        }
        while (true) {
            FrameHeader header = frames.readHeader(inflation != null);
            if (header.opcode().isControl()) {
                return readControl(header);
            }
            checkSequence(header);
            checkSize(header);
            boolean isWhole = header.fin() && unfinished == null && !header.isCompressed();
            Incoming message = isWhole ? readInPlace(header) : readFragment(header);
            if (message != null) {
                return message;
            }
        }
    }

    /// Whether fragments of a message have arrived that still lacks its last one.
    public boolean isUnfinished() {
        return unfinished != null;
    }

    /// Lets go of what an unfinished message holds.
    @Override
    public void close() {
        assembly.clear();
        if (inflation != null) {
            inflation.close();
        }
    }

    private void checkSequence(FrameHeader header) throws ProtocolViolation {
        if (header.opcode() == Opcode.CONTINUATION) {
            if (unfinished == null) {
                throw ProtocolViolation.NOTHING_TO_CONTINUE;
            }
        } else if (unfinished != null) {
            throw ProtocolViolation.MESSAGE_INTERRUPTED;
        } else {
            isCompressed = header.isCompressed();
        }
    }

    private void checkSize(FrameHeader header) throws ProtocolViolation {
        if (header.payloadLength() > limits.maxFrameBytes()) {
            throw ProtocolViolation.FRAME_TOO_BIG;
        }
        int left = limits.maxMessageBytes() - assembly.length();
        if (header.payloadLength() > left && !isCompressed) {
            throw ProtocolViolation.MESSAGE_TOO_BIG;
        }
    }

    /// The common case: an unfragmented message that fits the buffer is never copied.
    private @Nullable Incoming readInPlace(FrameHeader header)
            throws IOException, ProtocolViolation {
        int start = frames.startInPlace();
        if (start < 0) {
            return readFragment(header);
        }
        int length = 0;
        while (frames.payloadLeft() > 0) {
            int count = frames.readInPlace();
            validate(header.opcode(), frames.buffer(), start + length, count);
            length += count;
        }
        return whole(header.opcode(), frames.buffer(), start, length);
    }

    /// Adds a frame to the message that it belongs to.
    ///
    /// @return the message if this was its last frame
    private @Nullable Incoming readFragment(FrameHeader header)
            throws IOException, ProtocolViolation {
        Opcode opcode = unfinished == null ? header.opcode() : unfinished;
        unfinished = opcode;
        if (++fragments > limits.maxFragments()) {
            throw ProtocolViolation.TOO_MANY_FRAGMENTS;
        }
        int before = assembly.length();
        while (frames.payloadLeft() > 0) {
            append();
            validate(opcode, assembly.bytes(), before, assembly.length() - before);
            before = assembly.length();
        }
        if (!header.fin()) {
            return null;
        }
        if (isCompressed && inflation != null) {
            inflation.finish(assembly);
            validate(opcode, assembly.bytes(), before, assembly.length() - before);
        }
        unfinished = null;
        fragments = 0;
        assembly.becomesWhole();
        return whole(opcode, assembly.bytes(), 0, assembly.length());
    }

    private void append() throws IOException, ProtocolViolation {
        if (isCompressed && inflation != null) {
            inflation.append(frames, assembly);
        } else {
            assembly.append(frames);
        }
    }

    private void validate(Opcode opcode, byte[] bytes, int offset, int length)
            throws ProtocolViolation {
        if (opcode != Opcode.TEXT) {
            return;
        }
        Utf8Validator validator = utf8;
        if (validator == null) {
            validator = new Utf8Validator();
            utf8 = validator;
        }
        if (!validator.accept(bytes, offset, length)) {
            throw ProtocolViolation.NOT_UTF8;
        }
    }

    private Incoming whole(Opcode opcode, byte[] bytes, int offset, int length)
            throws ProtocolViolation {
        if (opcode != Opcode.TEXT) {
            return new Incoming.Binary(bytes, offset, length);
        }
        if (utf8 != null && !utf8.isComplete()) {
            throw ProtocolViolation.NOT_UTF8;
        }
        return new Incoming.Text(bytes, offset, length);
    }

    private Incoming readControl(FrameHeader header) throws IOException, ProtocolViolation {
        byte[] payload = new byte[(int) header.payloadLength()];
        for (int at = 0; at < payload.length; ) {
            at += frames.readPayload(payload, at, payload.length - at);
        }
        return switch (header.opcode()) {
            case PING -> new Incoming.Ping(payload);
            case PONG -> new Incoming.Pong();
            default -> close(payload);
        };
    }

    private static Incoming close(byte[] payload) throws ProtocolViolation {
        if (payload.length == 0) {
            return new Incoming.Close(CloseCode.NO_STATUS_RECEIVED);
        }
        if (payload.length == 1) {
            throw ProtocolViolation.CLOSE_OF_ONE_BYTE;
        }
        int code = (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        if (!CloseCode.mayBeSent(code)) {
            throw ProtocolViolation.CLOSE_CODE;
        }
        Utf8Validator reason = new Utf8Validator();
        if (!reason.accept(payload, 2, payload.length - 2) || !reason.isComplete()) {
            throw ProtocolViolation.REASON_NOT_UTF8;
        }
        return new Incoming.Close(code);
    }
}
