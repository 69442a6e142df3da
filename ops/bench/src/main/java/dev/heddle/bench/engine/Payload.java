package dev.heddle.bench.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Messages of one length: a [Stamp], then text that is always the same, as JSON of a chat has it.
/// A KiB of it deflates to about a third.
public final class Payload {
    private static final String[] WORDS = {
        "warp", "weft", "loom", "the", "shed", "reed", "a", "shuttle", "and", "heddle", "of",
        "twill", "is", "selvage", "to", "bobbin", "treadle", "in", "satin", "beam", "under",
        "picks", "over"
    };

    private final int bytes;
    // All of it, its stamp aside; the same in words of 8 bytes, and what fills none.
    private final byte[] text;
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
        this.text = text(bytes);
        this.words = new long[(bytes - Stamp.BYTES) / Long.BYTES];
        ByteBuffer.wrap(text).position(Stamp.BYTES).asLongBuffer().get(words);
        int whole = Stamp.BYTES + words.length * Long.BYTES;
        this.rest = Arrays.copyOfRange(text, whole, bytes);
    }

    private static byte[] text(int bytes) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        while (text.length() < bytes) {
            text.append("{\"id\":").append(random.nextInt(1_000_000));
            text.append(",\"userID\":\"user-").append(random.nextInt(1_000));
            text.append("\",\"message\":\"");
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            text.append("\"},");
        }
        return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }

    /// The length of each message.
    public int bytes() {
        return bytes;
    }

    /// Puts a message at the beginning.
    void put(byte[] to, long origin, long time) {
        System.arraycopy(text, 0, to, 0, bytes);
        ByteBuffer.wrap(to).putLong(origin).putLong(time);
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

    /// Whether what is at `at` is one of these messages: length, stamp and text.
    public boolean isAt(byte[] from, int at, int length) {
        return length == bytes
                && Stamp.isAt(from, at)
                && Arrays.equals(from, at + Stamp.BYTES, at + bytes, text, Stamp.BYTES, bytes);
    }
}
