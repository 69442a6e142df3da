package dev.heddle.deflate;

import dev.heddle.frame.ProtocolViolation;

import java.util.zip.Inflater;

/// The bytes to which a client's next compressed message may refer: the end of what its earlier
/// messages inflated to (RFC 7692, section 7.2.2).
///
/// An empty window is shared by all clients of an agreement, so a client that has sent nothing
/// holds nothing. The window is kept even for clients that have promised not to refer to it: some
/// do. For the connection's thread alone, except an empty one.
public final class Window {
    private static final byte[] NOTHING = {};

    /// zlib, when told to use 8 bits, uses 9.
    private static final int MIN_BITS = 9;

    private static final int MAX_BYTES = 1 << Agreement.MAX_BITS;

    private final ZlibPool pool;
    private final WindowBytes all;
    private final int maxBytes;
    private final byte[] bytes;

    private Window(ZlibPool pool, WindowBytes all, int maxBytes, byte[] bytes) {
        this.pool = pool;
        this.all = all;
        this.maxBytes = maxBytes;
        this.bytes = bytes;
    }

    /// The empty one of an agreement.
    static Window empty(ZlibPool pool, WindowBytes all, Agreement agreement) {
        int bits = Math.max(MIN_BITS, agreement.clientWindowBits());
        return new Window(pool, all, 1 << bits, NOTHING);
    }

    /// Where inflaters come from.
    public ZlibPool pool() {
        return pool;
    }

    /// Lets an inflater begin anew, behind this and what has come since.
    ///
    /// @param added begins with what has come since
    /// @param length how much that is
    public void prepare(Inflater inflater, byte[] added, int length) {
        inflater.reset();
        byte[] before = length == 0 ? bytes : end(added, length, MAX_BYTES);
        if (before.length > 0) {
            inflater.setDictionary(before);
        }
    }

    /// Moves on behind what a message has inflated to.
    ///
    /// @param added begins with the message
    /// @param length of the message
    /// @return what the next message may refer to; this one is used no more, unless it is that
    /// @throws ProtocolViolation when there is no room for more
    public Window behind(byte[] added, int length) throws ProtocolViolation {
        int size = (int) Math.min(maxBytes, (long) bytes.length + length);
        if (!all.reserve(size - bytes.length)) {
            throw ProtocolViolation.NO_ROOM_FOR_WINDOW;
        }
        return length == 0 ? this : new Window(pool, all, maxBytes, end(added, length, maxBytes));
    }

    /// The connection is over.
    public void release() {
        all.release(bytes.length);
    }

    /// The last bytes of this and what has come since.
    private byte[] end(byte[] added, int length, int most) {
        int fromAdded = Math.min(most, length);
        int kept = Math.min(most - fromAdded, bytes.length);
        byte[] end = new byte[kept + fromAdded];
        System.arraycopy(bytes, bytes.length - kept, end, 0, kept);
        System.arraycopy(added, length - fromAdded, end, kept, fromAdded);
        return end;
    }
}
