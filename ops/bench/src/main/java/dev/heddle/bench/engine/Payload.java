package dev.heddle.bench.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Messages of one length: a [Stamp], then letters that are always the same.
public final class Payload {
    private final int bytes;
    // The letters in words of 8 bytes, and those that fill none.
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
        ByteBuffer letters = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            letters.put((byte) ('a' + i % 26));
        }
        this.words = new long[(bytes - Stamp.BYTES) / Long.BYTES];
        letters.position(Stamp.BYTES).asLongBuffer().get(words);
        int whole = Stamp.BYTES + words.length * Long.BYTES;
        this.rest = Arrays.copyOfRange(letters.array(), whole, bytes);
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
    public boolean isAt(ByteBuffer buffer, int at, int length) {
        if (length != bytes || !Stamp.isAt(buffer, at)) {
            return false;
        }
        int next = at + Stamp.BYTES;
        for (long word : words) {
            if (buffer.getLong(next) != word) {
                return false;
            }
            next += Long.BYTES;
        }
        for (int i = 0; i < rest.length; i++) {
            if (buffer.get(next + i) != rest[i]) {
                return false;
            }
        }
        return true;
    }
}
