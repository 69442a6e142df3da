package dev.heddle.message;

import dev.heddle.deflate.Window;
import dev.heddle.deflate.ZlibPool;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Inflates a client's compressed messages (RFC 7692, section 7.2.2), each while it arrives: so the
/// limits of messages hold for what they inflate to, before it is there.
///
/// Used by the connection's thread only. An inflater is borrowed while a compressed message
/// arrives, and counts as part of the unfinished message.
public final class Inflation implements AutoCloseable {
    /// The bytes that the peer has left out, and a final block that it has not sent: an inflater
    /// that does not end with these was still inside a block.
    private static final byte[] TAIL = {0, 0, -1, -1, 1, 0, 0, -1, -1};

    /// After each final block the inflater has to begin anew, which takes longer than it takes the
    /// peer to send one.
    private static final int MAX_FINAL_BLOCKS = 256;

    private Window window;
    private @Nullable Inflater inflater;
    private boolean isInside;
    private int finalBlocks;

    /// @param window what the next compressed message may refer to
    public Inflation(Window window) {
        this.window = window;
    }

    /// The window to which the next compressed message may refer.
    public Window window() {
        return window;
    }

    /// Inflates the next bytes of the current frame's payload; blocks until there is at least one,
    /// and room for what they inflate to.
    void append(FrameReader frames, Assembly into) throws IOException, ProtocolViolation {
        if (inflater == null) {
            into.reserve(ZlibPool.INFLATER_BYTES, frames.hasBuffered());
            Inflater first = window.pool().takeInflater();
            inflater = first;
            finalBlocks = 0;
            window.prepare(first, into.bytes(), 0);
        }
        int count = frames.readChunk();
        inflate(frames.buffer(), frames.position(), count, into);
    }

    /// The message's last byte has been appended.
    void finish(Assembly into) throws ProtocolViolation {
        if (inflater != null && isInside) {
            inflate(TAIL, TAIL.length, TAIL.length, into);
            if (isInside) {
                throw ProtocolViolation.NOT_DEFLATED;
            }
        }
        window = window.behind(into.bytes(), into.length());
        close();
    }

    /// Inflates bytes of the message. More may come behind a final block (section 7.2.3.5), for
    /// which the inflater begins anew.
    ///
    /// @param end of the bytes in `input`
    /// @param count how many they are
    private void inflate(byte[] input, int end, int count, Assembly into) throws ProtocolViolation {
        Inflater current = Objects.requireNonNull(inflater);
        int left = count;
        try {
            do {
                current.setInput(input, end - left, left);
                into.append(current);
                left = current.getRemaining();
                isInside = !current.finished();
                if (!isInside) {
                    beginAnew(current, into);
                }
            } while (left > 0);
        } catch (DataFormatException garbage) {
            throw ProtocolViolation.NOT_DEFLATED;
        }
    }

    private void beginAnew(Inflater finished, Assembly into) throws ProtocolViolation {
        if (++finalBlocks > MAX_FINAL_BLOCKS) {
            throw ProtocolViolation.TOO_MANY_FINAL_BLOCKS;
        }
        window.prepare(finished, into.bytes(), into.length());
    }

    /// Gives back the inflater.
    @Override
    public void close() {
        if (inflater != null) {
            window.pool().giveBack(inflater);
            inflater = null;
        }
    }
}
