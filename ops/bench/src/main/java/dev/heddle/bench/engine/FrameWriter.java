package dev.heddle.bench.engine;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/// Builds one masked frame at a time in a direct buffer. What it returns is valid until the next
/// call.
final class FrameWriter {
    static final int TEXT = 0x1;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int LONGEST_HEADER = 14;
    private static final int LONGEST_CONTROL_PAYLOAD = 125;
    private static final int FIN = 0x80;
    private static final int RSV_1 = 0x40;
    private static final int MASKED = 0x80;
    private static final int KEY_BYTES = 4;
    private static final long LOW_HALF = 0xffff_ffffL;

    private final ByteBuffer buffer;
    private final RandomGenerator random;

    FrameWriter(int longestMessageBytes, RandomGenerator random) {
        int longest = Math.max(longestMessageBytes, LONGEST_CONTROL_PAYLOAD);
        int incompressible = longest / 1000 + 64;
        this.buffer = ByteBuffer.allocateDirect(LONGEST_HEADER + longest + incompressible);
        this.random = random;
    }

    /// A text message with a stamp.
    ByteBuffer message(Payload payload, int sender, int number, long nanos) {
        return stamped(TEXT, payload, Stamp.origin(sender, number), Stamp.time(nanos));
    }

    /// A text message that is compressed.
    ByteBuffer compressed(byte[] payload, int length) {
        return masked(RSV_1 | TEXT, payload, 0, length);
    }

    /// A ping with a stamp alone.
    ByteBuffer ping(Payload stampOnly, int sender, int number, long nanos) {
        return stamped(PING, stampOnly, Stamp.origin(sender, number), Stamp.time(nanos));
    }

    /// A Close frame.
    ///
    /// @param code less than 1000 for none
    ByteBuffer close(int code) {
        int length = code < 1000 ? 0 : 2;
        long key = header(CLOSE, length);
        if (length > 0) {
            buffer.putShort((short) (code ^ key >>> 48));
        }
        return buffer.flip();
    }

    /// The answer to the ping whose payload is at `at`.
    ByteBuffer pong(byte[] from, int at, int length) {
        return masked(PONG, from, at, length);
    }

    private ByteBuffer masked(int first, byte[] from, int at, int length) {
        long key = header(first, length);
        for (int i = 0; i < length; i++) {
            buffer.put((byte) (from[at + i] ^ key >>> (56 - 8 * (i & 7))));
        }
        return buffer.flip();
    }

    private ByteBuffer stamped(int opcode, Payload payload, long origin, long time) {
        long key = header(opcode, payload.bytes());
        int at = buffer.position();
        payload.putMasked(buffer, at, origin, time, key);
        return buffer.position(at + payload.bytes()).flip();
    }

    /// Writes the header; returns the key, twice.
    ///
    /// @param first its first byte, but for the bit that says that it is final
    private long header(int first, int length) {
        buffer.clear().put((byte) (FIN | first));
        if (length < 126) {
            buffer.put((byte) (MASKED | length));
        } else if (length < 1 << 16) {
            buffer.put((byte) (MASKED | 126)).putShort((short) length);
        } else {
            buffer.put((byte) (MASKED | 127)).putLong(length);
        }
        int key = random.nextInt();
        buffer.putInt(key);
        return (long) key << (8 * KEY_BYTES) | key & LOW_HALF;
    }
}
