package dev.heddle.message;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;

import java.io.IOException;
import java.util.Arrays;

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

    Assembly(EndpointLimits limits, UnfinishedBytes.Share share) {
        this.limits = limits;
        this.share = share;
    }

    /// Appends the next bytes of the current frame's payload; blocks until there is room for them,
    /// and at least one.
    ///
    /// @return how many were appended; they end at [#length]
    int append(FrameReader frames) throws IOException, ProtocolViolation {
        if (length == bytes.length) {
            grow(frames.hasBuffered());
        }
        int count = frames.readPayload(bytes, length, bytes.length - length);
        length += count;
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// The last byte has been appended.
    void becomesWhole() {
        if (bytes.length > 0) {
            share.becomesWhole();
        }
    }

    /// Lets go of the bytes and of what was reserved for them.
    void clear() {
        if (bytes.length > 0) {
            share.release();
        }
        bytes = NOTHING;
        length = 0;
    }

    private void grow(boolean hasBuffered) throws ProtocolViolation {
        int largest = Math.min(limits.maxMessageBytes(), limits.maxUnfinishedBytes());
        int capacity = (int) Math.min(Math.max(FIRST_BYTES, bytes.length * 2L), largest);
        share.reserve(capacity - bytes.length, hasBuffered);
        bytes = Arrays.copyOf(bytes, capacity);
    }
}
