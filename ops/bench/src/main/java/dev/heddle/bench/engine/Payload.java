package dev.heddle.bench.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Messages of one length: a [Stamp], then letters that are always the same.
public final class Payload {
    private final int bytes;
    private final ByteBuffer letters;

    /// @param bytes the length of each message
    /// @throws IllegalArgumentException when that is less than a stamp's
    public Payload(int bytes) {
        if (bytes < Stamp.BYTES) {
            throw new IllegalArgumentException(
                    "a message has at least %d bytes, for its number and time"
                            .formatted(Stamp.BYTES));
        }
        this.bytes = bytes;
        String alphabet = "abcdefghijklmnopqrstuvwxyz";
        this.letters =
                ByteBuffer.wrap(
                        alphabet.repeat(bytes / alphabet.length() + 1)
                                .substring(0, bytes)
                                .getBytes(StandardCharsets.US_ASCII));
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
        int i = Stamp.BYTES;
        for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
            to.putLong(at + i, letters.getLong(i) ^ key);
        }
        for (; i < bytes; i++) {
            to.put(at + i, (byte) (letters.get(i) ^ key >>> (56 - 8 * (i & 7))));
        }
    }

    /// Whether what is at `at` is one of these messages: length, stamp and letters.
    public boolean isAt(ByteBuffer buffer, int at, int length) {
        if (length != bytes || !Stamp.isAt(buffer, at)) {
            return false;
        }
        int i = Stamp.BYTES;
        for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
            if (buffer.getLong(at + i) != letters.getLong(i)) {
                return false;
            }
        }
        for (; i < bytes; i++) {
            if (buffer.get(at + i) != letters.get(i)) {
                return false;
            }
        }
        return true;
    }
}
