package dev.heddle.deflate;

import dev.heddle.frame.EncodedFrame;

import java.util.zip.Deflater;

/// Compresses messages for all clients that inflate with a window of the same size, each message by
/// itself: so one compressed message is good for all of them.
///
/// **Thread-safe, never blocks.** It takes the caller's time: 7 µs for a KiB of JSON, 16 ms for a
/// MiB.
public final class Compression {
    /// Longer messages are sent as they are: compressing one would keep a carrier for too long.
    private static final int MAX_BYTES = 1 << 20;

    /// The end of a flush, which is not sent (RFC 7692, section 7.2.1).
    private static final int TAIL_BYTES = 4;

    private final ZlibPool pool;
    private final int minBytes;
    private final int windowBits;

    Compression(ZlibPool pool, int minBytes, int windowBits) {
        this.pool = pool;
        this.minBytes = minBytes;
        this.windowBits = windowBits;
    }

    /// Compresses a data message.
    ///
    /// @return the message itself if it is compressed, is too short or too long, or gets no shorter
    public EncodedFrame compress(EncodedFrame message) {
        int length = message.payloadLength();
        if (length < minBytes || length > MAX_BYTES || message.isCompressed()) {
            return message;
        }
        byte[] into = new byte[length];
        Deflater deflater = pool.takeDeflater();
        try {
            int count = deflate(deflater, message, into);
            return count == length ? message : message.compressed(into, count - TAIL_BYTES);
        } finally {
            pool.giveBack(deflater);
        }
    }

    /// The JDK's deflater looks back by 32 KiB. For smaller windows it is made to forget everything
    /// after each window's worth of bytes.
    ///
    /// @return how many bytes came out, the tail among them; all of `into` if there are more
    private int deflate(Deflater deflater, EncodedFrame message, byte[] into) {
        int end = message.length();
        int step = windowBits == Agreement.MAX_BITS ? end : 1 << windowBits;
        int count = 0;
        for (int at = message.payloadStart(); at < end && count < into.length; at += step) {
            int length = Math.min(step, end - at);
            int flush = at + length == end ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH;
            deflater.setInput(message.bytes(), at, length);
            count += deflater.deflate(into, count, into.length - count, flush);
        }
        return count;
    }
}
