package dev.heddle.bench.engine;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Compresses and inflates messages, each by itself (RFC 7692 without context takeover). Belongs to
/// one loop. What it returns is valid until the next call.
final class Compression implements AutoCloseable {
    private static final String NAME = "permessage-deflate";
    private static final byte[] TAIL = {0, 0, -1, -1};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] plain;
    private final byte[] compressed;
    private final byte[] inflated;

    // Receivers of a broadcast mostly get the same bytes, one after the other.
    private byte[] last = {};
    private int lastLength = -1;

    /// @param longestMessageBytes the longest message that is sent or expected
    Compression(int longestMessageBytes) {
        this.plain = new byte[longestMessageBytes];
        this.compressed = new byte[longestMessageBytes + longestMessageBytes / 1000 + 64];
        this.inflated = new byte[longestMessageBytes + 1];
    }

    /// Whether the client offers it.
    static boolean isOfferedBy(Target target) {
        return target.header("Sec-WebSocket-Extensions")
                .filter(it -> it.contains(NAME))
                .isPresent();
    }

    /// Whether an answer agrees to what was offered: each message is compressed by itself.
    static boolean isAgreed(String extensions) {
        return extensions.startsWith(NAME)
                && extensions.indexOf(',') < 0
                && extensions.contains("server_no_context_takeover");
    }

    /// Compresses a message.
    ///
    /// @return how many bytes of [#compressed] it takes
    int compress(Payload payload, long origin, long time) {
        payload.put(plain, origin, time);
        deflater.reset();
        deflater.setInput(plain, 0, payload.bytes());
        int count = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        return count - TAIL.length;
    }

    byte[] compressed() {
        return compressed;
    }

    /// Inflates a message.
    ///
    /// @return how many bytes of [#inflated] it takes; -1 if it is none, or too long
    int inflate(byte[] bytes, int at, int length) {
        if (Arrays.equals(bytes, at, at + length, last, 0, last.length)) {
            return lastLength;
        }
        last = Arrays.copyOfRange(bytes, at, at + length);
        lastLength = inflate();
        return lastLength;
    }

    private int inflate() {
        try {
            inflater.reset();
            inflater.setInput(last);
            int count = inflater.inflate(inflated);
            inflater.setInput(TAIL);
            count += inflater.inflate(inflated, count, inflated.length - count);
            return count < inflated.length ? count : -1;
        } catch (DataFormatException garbage) {
            return -1;
        }
    }

    byte[] inflated() {
        return inflated;
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
