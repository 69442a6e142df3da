package dev.heddle.bench.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Messages of one length: a [Stamp], then letters that are always the same.
public final class Payload {
    private final int bytes;
    // All of it, its stamp aside; the same in words of 8 bytes, and what fills none.
    private final byte[] letters;
    private final long[] words;
    private final byte[] rest;

    /// @param bytes the length of each message
    /// @throws IllegalArgumentException when that is less than a stamp's
    public Payload(int bytes) {
        if (bytes < Stamp.BYTES) {
            throw new IllegalArgumentException(
                    "a message has at least %d bytes, for its number and time"
                            .formatted(Stamp.BYTES));
        }
        this.bytes = bytes;
        this.letters = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            letters[i] = (byte) ('a' + i % 26);
        }
        this.words = new long[(bytes - Stamp.BYTES) / Long.BYTES];
        ByteBuffer.wrap(letters).position(Stamp.BYTES).asLongBuffer().get(words);
        int whole = Stamp.BYTES + words.length * Long.BYTES;
        this.rest = Arrays.copyOfRange(letters, whole, bytes);
    }

    /// The length of each message.
    public int bytes() {
        return bytes;
    }

    /// Puts a message, masked, at `at`.
    ///
    /// @param key the masking key, twice
    void putMasked(ByteBuffer to, int at, long origin, long time, long key) {
        to.putLong(at, origin ^ key);
        to.putLong(at + Long.BYTES, time ^ key);
        int next = at + Stamp.BYTES;
        for (long word : words) {
            to.putLong(next, word ^ key);
            next += Long.BYTES;
        }
        for (int i = 0; i < rest.length; i++) {
            to.put(next + i, (byte) (rest[i] ^ key >>> (56 - 8 * i)));
        }
    }

    /// Whether what is at `at` is one of these messages: length, stamp and letters.
    public boolean isAt(byte[] from, int at, int length) {
        return length == bytes
                && Stamp.isAt(from, at)
                && Arrays.equals(from, at + Stamp.BYTES, at + bytes, letters, Stamp.BYTES, bytes);
    }
}
