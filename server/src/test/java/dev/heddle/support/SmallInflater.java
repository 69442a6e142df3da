package dev.heddle.support;

import java.util.Arrays;

/// Inflates compressed messages as a client does that has no more memory than it said (RFC 1951,
/// RFC 7692): the JDK's inflater always has 32 KiB. An `AssertionError` says what it could not have
/// inflated.
///
/// It is written for clarity, bit by bit, after zlib's `puff.c`.
public final class SmallInflater {
    private static final int MAX_BITS = 15;
    private static final int[] LENGTHS = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258
    };
    private static final int[] LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final int[] DISTANCES = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577
    };
    private static final int[] ORDER = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
    };

    private final int window;
    private final byte[] in;
    private byte[] out = new byte[1024];
    private int length;
    private int at;
    private int bit;

    private SmallInflater(int windowBits, byte[] in) {
        this.window = 1 << windowBits;
        this.in = in;
    }

    /// What a message inflates to that refers to no earlier one.
    ///
    /// @param payload as it is on the wire, without the four bytes that are left out
    public static byte[] inflate(int windowBits, byte... payload) {
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        whole[payload.length + 2] = -1;
        whole[payload.length + 3] = -1;
        SmallInflater inflater = new SmallInflater(windowBits, whole);
        while (inflater.at < whole.length) {
            inflater.block();
        }
        return Arrays.copyOf(inflater.out, inflater.length);
    }

    /// The symbols of a Huffman code, by length and then by value, and how many have each length.
    private record Code(int[] counts, int[] symbols) {
        static Code of(int[] lengths) {
            int[] counts = new int[MAX_BITS + 1];
            Arrays.stream(lengths).forEach(length -> counts[length]++);
            int[] next = new int[MAX_BITS + 1];
            for (int length = 1; length < MAX_BITS; length++) {
                next[length + 1] = next[length] + counts[length];
            }
            int[] symbols = new int[lengths.length];
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] != 0) {
                    symbols[next[lengths[symbol]]++] = symbol;
                }
            }
            return new Code(counts, symbols);
        }
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (at == in.length) {
                throw new AssertionError("ends inside a block");
            }
            value |= (in[at] >> bit & 1) << i;
            bit = (bit + 1) % 8;
            at += bit == 0 ? 1 : 0;
        }
        return value;
    }

    private int symbol(Code code) {
        int value = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            value |= bits(1);
            int count = code.counts[length];
            if (value - count < first) {
                return code.symbols[index + value - first];
            }
            index += count;
            first = first + count << 1;
            value <<= 1;
        }
        throw new AssertionError("no such symbol");
    }

    private void block() {
        if (bits(1) == 1) {
            throw new AssertionError("a final block, which many clients cannot get over");
        }
        switch (bits(2)) {
            case 0 -> stored();
            case 1 -> compressed(fixed(), Code.of(filled(30, 5)));
            case 2 -> dynamic();
            default -> throw new AssertionError("no such block");
        }
    }

    private void stored() {
        bits((8 - bit) % 8);
        int count = bits(16);
        if (bits(16) != (count ^ 0xFFFF)) {
            throw new AssertionError("the length of a stored block");
        }
        for (int i = 0; i < count; i++) {
            write(in[at++]);
        }
    }

    private static Code fixed() {
        int[] lengths = filled(288, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        return Code.of(lengths);
    }

    private static int[] filled(int size, int value) {
        int[] all = new int[size];
        Arrays.fill(all, value);
        return all;
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int[] codeLengths = new int[ORDER.length];
        int count = bits(4) + 4;
        for (int i = 0; i < count; i++) {
            codeLengths[ORDER[i]] = bits(3);
        }
        Code ofLengths = Code.of(codeLengths);
        int[] lengths = new int[literals + distances];
        for (int i = 0; i < lengths.length; ) {
            int symbol = symbol(ofLengths);
            int repeated = symbol == 16 ? lengths[i - 1] : 0;
            int times =
                    switch (symbol) {
                        case 16 -> 3 + bits(2);
                        case 17 -> 3 + bits(3);
                        case 18 -> 11 + bits(7);
                        default -> 1;
                    };
            Arrays.fill(lengths, i, i + times, symbol < 16 ? symbol : repeated);
            i += times;
        }
        compressed(
                Code.of(Arrays.copyOf(lengths, literals)),
                Code.of(Arrays.copyOfRange(lengths, literals, lengths.length)));
    }

    private void compressed(Code literals, Code distances) {
        int symbol;
        while ((symbol = symbol(literals)) != 256) {
            if (symbol < 256) {
                write((byte) symbol);
            } else {
                int count = LENGTHS[symbol - 257] + bits(LENGTH_BITS[symbol - 257]);
                int code = symbol(distances);
                copy(count, DISTANCES[code] + bits(Math.max(0, code / 2 - 1)));
            }
        }
    }

    private void copy(int count, int distance) {
        if (distance > Math.min(window, length)) {
            throw new AssertionError("refers back by " + distance + " with " + window);
        }
        for (int i = 0; i < count; i++) {
            write(out[length - distance]);
        }
    }

    private void write(byte value) {
        if (length == out.length) {
            out = Arrays.copyOf(out, length * 2);
        }
        out[length++] = value;
    }
}
