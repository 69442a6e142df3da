package dev.heddle.message;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The payload of a message that is too large for the frame reader's buffer or comes in fragments:
/// one array that grows with what has arrived, never with what a header claims.
///
/// Used by the connection's thread only.
final class Assembly {
    private static final int FIRST_BYTES = 1024;
    private static final byte[] NOTHING = {};

    private final EndpointLimits limits;
    private final UnfinishedBytes.Share share;
    private byte[] bytes = NOTHING;
    private int length;
    private boolean isReserved;

    Assembly(EndpointLimits limits, UnfinishedBytes.Share share) {
        this.limits = limits;
        this.share = share;
    }

    /// Appends the next bytes of the current frame's payload; blocks until there is room for them,
    /// and at least one.
    void append(FrameReader frames) throws IOException, ProtocolViolation {
        if (length == bytes.length) {
            grow(frames.hasBuffered());
        }
        length += frames.readPayload(bytes, length, bytes.length - length);
    }

    /// Reserves what the message holds beside these bytes; blocks until there is room.
    ///
    /// @param hasBuffered whether bytes of the message have been read that wait for it
    void reserve(int count, boolean hasBuffered) throws ProtocolViolation {
        isReserved = true; // also when it fails, which may leave something behind
        share.reserve(count, hasBuffered);
    }

    /// Appends what an inflater yields, as long as it yields something; blocks until there is room.
    ///
    /// @throws DataFormatException when it cannot be inflated
    void append(Inflater inflater) throws DataFormatException, ProtocolViolation {
        int count;
        do {
            if (length == largest()) {
                requireEnd(inflater);
                return;
            }
            if (length == bytes.length) {
                grow(true);
            }
            count = inflater.inflate(bytes, length, bytes.length - length);
            length += count;
        } while (count > 0);
    }

    private static void requireEnd(Inflater inflater)
            throws DataFormatException, ProtocolViolation {
        if (inflater.inflate(new byte[1]) > 0) {
            throw ProtocolViolation.MESSAGE_TOO_BIG;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// The last byte has been appended.
    void becomesWhole() {
        if (isReserved) {
            share.becomesWhole();
        }
    }

    /// Lets go of the bytes and of what was reserved for them.
    void clear() {
        if (isReserved) {
            share.release();
        }
        isReserved = false;
        bytes = NOTHING;
        length = 0;
    }

    private void grow(boolean hasBuffered) throws ProtocolViolation {
        int capacity = (int) Math.min(Math.max(FIRST_BYTES, bytes.length * 2L), largest());
        reserve(capacity - bytes.length, hasBuffered);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private int largest() {
        return Math.min(limits.maxMessageBytes(), limits.maxUnfinishedBytes());
    }
}
