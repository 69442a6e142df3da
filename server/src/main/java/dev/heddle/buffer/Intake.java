package dev.heddle.buffer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Bytes that have arrived from a stream and are not taken yet: `bytes()[from(), to())`.
///
/// Used by one thread, the connection's own. Its buffer is borrowed while bytes arrive. When a
/// stream falls silent, the reader waits without a buffer: the bytes so far then lie in an array of
/// their size, so a client that sends a part and no more holds little else than that.
public final class Intake implements AutoCloseable {
    /// The bytes that are waited for at a time, beside those that have arrived.
    private static final int FEW_BYTES = 16;

    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final BufferPool small;
    private final BufferPool large;
    private @Nullable BufferPool lender;
    private byte[] bytes = NOTHING;
    private int from;
    private int to;

    /// @param in where bytes come from
    /// @param small lends the buffer
    /// @param large lends a larger one when that is full; may be the same
    public Intake(InputStream in, BufferPool small, BufferPool large) {
        this.in = in;
        this.small = small;
        this.large = large;
    }

    /// Some bytes have arrived before any others.
    ///
    /// @param first has them at its beginning; no buffer of a pool, and the caller's again at the
    ///   end
    /// @param count how many
    public Intake begunWith(byte[] first, int count) {
        bytes = first;
        to = count;
        return this;
    }

    /// Reads more behind what has arrived, which stays where it is; blocks while there is nothing.
    ///
    /// @return how many bytes, or -1 at the end of the stream
    public int fill() throws IOException {
        if (in.available() > 0) {
            return fillAtOnce();
        }
        if (lender != null) {
            keepInArray();
        } else if (to == bytes.length) {
            bytes = Arrays.copyOf(bytes, to + FEW_BYTES);
        }
        return read();
    }

    /// The same when something has arrived: waits with the buffer, if at all.
    public int fillAtOnce() throws IOException {
        if (lender == null || to == bytes.length) {
            makeRoom(to - from + 1);
        }
        return read();
    }

    private int read() throws IOException {
        int count = in.read(bytes, to, bytes.length - to);
        to += Math.max(0, count);
        return count;
    }

    /// Reads past this what nobody has put in here; nothing may be left in it. Blocks while there
    /// is nothing, without a buffer.
    ///
    /// @return how many bytes, or -1 at the end of the stream
    public int readPast(byte[] into, int offset, int length) throws IOException {
        if (hasBytes()) {
            throw new IllegalStateException("bytes left in between");
        }
        close();
        return in.read(into, offset, length);
    }

    /// Whether so many bytes have arrived, in here or in the stream: [#fill] does not wait for
    /// them.
    public boolean hasArrived(long count) throws IOException {
        long missing = count - (to - from);
        return missing <= 0 || in.available() >= missing;
    }

    /// Sees to it that [#fill] has room for so many bytes in all, those that have arrived among
    /// them, without moving them; until then they may move.
    ///
    /// @param count at most as many as the larger buffer has
    public void makeRoom(int count) {
        if (lender != null && from + count <= bytes.length) {
            return;
        }
        if (lender != null && count <= bytes.length) {
            compact();
            return;
        }
        boolean fits = lender == null && count <= small.bufferBytes();
        BufferPool next = fits ? small : large;
        byte[] roomy = next.borrow();
        System.arraycopy(bytes, from, roomy, 0, to - from);
        giveBack();
        lender = next;
        bytes = roomy;
        to -= from;
        from = 0;
    }

    /// Moves what has arrived to the beginning.
    public void compact() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
    }

    /// The next bytes are taken; they stay where they are until more are read.
    public void take(int count) {
        from += count;
    }

    /// How many bytes the buffer has that is usually lent.
    public int usualBytes() {
        return small.bufferBytes();
    }

    /// The array of the bytes that have arrived.
    public byte[] bytes() {
        return bytes;
    }

    /// Where what has arrived begins.
    public int from() {
        return from;
    }

    /// The end of the bytes that have arrived.
    public int to() {
        return to;
    }

    /// Whether something has arrived that is not taken.
    public boolean hasBytes() {
        return from < to;
    }

    /// Forgets what has arrived, and gives the buffer back.
    @Override
    public void close() {
        giveBack();
        lender = null;
        bytes = NOTHING;
        from = 0;
        to = 0;
    }

    private void keepInArray() {
        byte[] kept = Arrays.copyOf(bytes, to + FEW_BYTES);
        giveBack();
        lender = null;
        bytes = kept;
    }

    private void giveBack() {
        if (lender != null) {
            lender.giveBack(bytes);
        }
    }
}
