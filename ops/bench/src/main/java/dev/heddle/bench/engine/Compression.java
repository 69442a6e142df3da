package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Compresses and inflates messages, each by itself (RFC 7692 without context takeover). Belongs to
/// one loop. What it returns is valid until the next call.
final class Compression implements AutoCloseable {
    private static final String NAME = "permessage-deflate";
    private static final byte[] TAIL = {0, 0, -1, -1};
    private static final int KNOWN = 256;
    private static final int HASHED = 64;

    /// A message that has been inflated.
    private static final class Known {
        private final byte[] compressed;
        private byte @Nullable [] message;

        Known(byte[] compressed) {
            this.compressed = compressed;
        }

        boolean is(byte[] bytes, int at, int length) {
            return Arrays.equals(bytes, at, at + length, compressed, 0, compressed.length);
        }
    }

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] plain;
    private final byte[] compressed;
    private final byte[] inflated;

    // Receivers of a broadcast mostly get the same bytes, several messages at a time.
    private final @Nullable Known[] known = new Known[KNOWN];

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
    /// @return what it inflates to; `null` if it is no compressed message, or too long
    byte @Nullable [] inflate(byte[] bytes, int at, int length) {
        int place = hash(bytes, at, length) & KNOWN - 1;
        Known last = known[place];
        if (last == null || !last.is(bytes, at, length)) {
            last = new Known(Arrays.copyOfRange(bytes, at, at + length));
            known[place] = last;
            last.message = inflate(last.compressed);
        }
        return last.message;
    }

    private static int hash(byte[] bytes, int at, int length) {
        int hash = length;
        for (int i = at; i < at + Math.min(length, HASHED); i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> 16;
    }

    private byte @Nullable [] inflate(byte[] bytes) {
        try {
            inflater.reset();
            inflater.setInput(bytes);
            int count = inflater.inflate(inflated);
            inflater.setInput(TAIL);
            count += inflater.inflate(inflated, count, inflated.length - count);
            return count < inflated.length ? Arrays.copyOf(inflated, count) : null;
        } catch (DataFormatException garbage) {
            return null;
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
