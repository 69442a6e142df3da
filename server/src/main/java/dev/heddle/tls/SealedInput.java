package dev.heddle.tls;

import dev.heddle.buffer.BufferPool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/// The records that arrive on a TLS connection, for its reader.
///
/// While nothing has arrived it waits with a few bytes, and a record that is not whole takes little
/// more room than what there is of it: a peer that announces much and sends nothing gets nothing. A
/// base class rather than a part, so that an idle connection holds one object less.
abstract class SealedInput extends InputStream {
    private static final int HEADER_BYTES = 5;

    /// Bytes that have arrived take so many times their own space at most.
    private static final int GROWTH = 8;

    /// The buffer of a wait in which more is expected than comes by itself.
    private static final int FEW_BYTES = 64;

    private final SSLEngine engine;
    private final InputStream in;
    private final BufferPool buffers;

    // Bytes that have arrived and are not decrypted: `sealed[from, to)`.
    private byte @Nullable [] sealed;
    private int from;
    private int to;

    /// @param in the socket's
    /// @param buffers of which each holds a record
    SealedInput(SSLEngine engine, InputStream in, BufferPool buffers) {
        this.engine = engine;
        this.in = in;
        this.buffers = buffers;
    }

    final SSLEngine engine() {
        return engine;
    }

    final BufferPool buffers() {
        return buffers;
    }

    /// Decrypts what has arrived, of which the engine takes one record.
    final SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
        byte[] bytes = sealed == null ? new byte[0] : sealed;
        ByteBuffer arrived = ByteBuffer.wrap(bytes, from, to - from);
        try {
            return engine.unwrap(arrived, into);
        } finally {
            from = arrived.position();
            if (from == to) {
                forgetSealed();
            }
        }
    }

    /// Whether a whole record has arrived here.
    final boolean hasRecord() {
        return hasRecordWithin(to - from);
    }

    /// @param count of the record's bytes that there are, some of which may still be in the socket
    private boolean hasRecordWithin(int count) {
        byte[] arrived = sealed;
        return arrived != null
                && to - from >= HEADER_BYTES
                && count
                        >= HEADER_BYTES
                                + (Byte.toUnsignedInt(arrived[from + 3]) << 8)
                                + Byte.toUnsignedInt(arrived[from + 4]);
    }

    /// The first of the bytes that have arrived; -1 if none has.
    final int firstByte() {
        return sealed == null ? -1 : Byte.toUnsignedInt(sealed[from]);
    }

    /// Receives more; blocks until there is something.
    ///
    /// @param expected how many bytes would do
    /// @return whether something has come; if not, the peer has ended
    /// @throws SSLException if there is no room: a record is longer than any may be
    final boolean receive(int expected) throws IOException {
        byte[] into = room(expected);
        if (to == into.length) {
            throw new SSLException("a record is too long");
        }
        int count = in.read(into, to, into.length - to);
        if (count < 0) {
            return false;
        }
        to += count;
        if (to == into.length && from == 0) {
            sealed = moved(into, GROWTH * to);
        }
        return true;
    }

    /// Where there is room for more. It waits with little, however much is expected.
    private byte[] room(int expected) throws IOException {
        byte[] has = sealed;
        if (has == null) {
            boolean isMuch = expected > buffers.bufferBytes() / GROWTH;
            boolean isHere = isMuch && in.available() > 0;
            has = isHere ? buffers.borrow() : new byte[isMuch ? FEW_BYTES : expected];
        } else if (from > 0) {
            System.arraycopy(has, from, has, 0, to - from);
            to -= from;
            from = 0;
        }
        sealed = has;
        return has;
    }

    private byte[] moved(byte[] bytes, int size) {
        if (bytes.length == buffers.bufferBytes()) {
            return bytes;
        }
        byte[] larger = size > buffers.bufferBytes() / GROWTH ? buffers.borrow() : new byte[size];
        System.arraycopy(bytes, 0, larger, 0, to);
        return larger;
    }

    /// Gives back what is borrowed for what has arrived.
    final void forgetSealed() {
        byte[] bytes = sealed;
        sealed = null;
        from = 0;
        to = 0;
        if (bytes != null && bytes.length == buffers.bufferBytes()) {
            buffers.giveBack(bytes);
        }
    }

    /// How many bytes have arrived that are not decrypted; 0 if the first record is known not to be
    /// whole, since who reads then waits for the peer.
    final int sealedBytes() throws IOException {
        int count = to - from + in.available();
        boolean isCut = to - from >= HEADER_BYTES && !hasRecordWithin(count);
        return isCut ? 0 : count;
    }
}
