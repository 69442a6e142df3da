package dev.heddle.support;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/// Bytes that come in pieces, as from a socket: each read gets some of what it asks for.
public final class ChoppedInput extends InputStream {
    private final byte[] bytes;
    private final Random random;
    private final boolean ends;
    private int at;

    /// Thrown where a read would have to wait: what has arrived is not enough.
    public static final class WouldBlock extends IOException {
        private static final long serialVersionUID = 1L;

        WouldBlock() {
            super("a read that waits for ever");
        }
    }

    private ChoppedInput(byte[] bytes, Random random, boolean ends) {
        this.bytes = bytes.clone();
        this.random = random;
        this.ends = ends;
    }

    /// These bytes in pieces of any length, and then the end of the stream.
    public static ChoppedInput thenEnd(byte[] bytes, Random random) {
        return new ChoppedInput(bytes, random, true);
    }

    /// These bytes, and then nothing more while the connection stays open.
    public static ChoppedInput thenSilence(byte[] bytes) {
        return new ChoppedInput(bytes, new Random(0), false);
    }

    /// None, some or all of what is left.
    @Override
    public int available() {
        return random.nextInt(bytes.length - at + 1);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length < 1) {
            throw new AssertionError("a read of nothing, which could go on for ever");
        }
        if (at == bytes.length) {
            if (ends) {
                return -1;
            }
            throw new WouldBlock();
        }
        int most = Math.min(length, bytes.length - at);
        int bound = random.nextBoolean() ? Math.min(most, 16) : most;
        int count = 1 + random.nextInt(bound);
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }
}
