package dev.heddle.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

class FrameWriterTest {
    private static final int LONGEST = 70_000;

    private final FrameWriter frames = new FrameWriter(LONGEST, RandomGenerator.getDefault());

    /// Unmasks as RFC 6455 says it, byte by byte.
    private static byte[] unmask(ByteBuffer frame, int keyAt) {
        byte[] payload = new byte[frame.limit() - keyAt - 4];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (frame.get(keyAt + 4 + i) ^ frame.get(keyAt + i % 4));
        }
        return payload;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 23, 24, 31, 100, 125, 126, 127, 65_535, 65_536, LONGEST})
    void masksMessagesOfAnyLength(int bytes) {
        Payload payload = new Payload(bytes);
        ByteBuffer frame = frames.message(payload, 3, 4, 5);
        int keyAt = bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10;
        assertEquals((byte) 0x81, frame.get(0));
        assertEquals(
                (byte) (0x80 | (bytes < 126 ? bytes : bytes < 65_536 ? 126 : 127)), frame.get(1));
        assertEquals(keyAt + 4 + bytes, frame.remaining());
        byte[] unmasked = unmask(frame, keyAt);
        assertTrue(payload.isAt(unmasked, 0, bytes));
        assertEquals(3, Stamp.sender(unmasked, 0));
        assertEquals(4, Stamp.number(unmasked, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 23, 24, 100, 125})
    void anyChangedByteIsNotTheMessage(int bytes) {
        Payload payload = new Payload(bytes);
        byte[] unmasked = unmask(frames.message(payload, 3, 4, 5), 2);
        for (int i = 0; i < bytes; i++) {
            byte was = unmasked[i];
            unmasked[i] = (byte) (was | 0x80);
            assertFalse(payload.isAt(unmasked, 0, bytes), "byte " + i);
            unmasked[i] = was;
        }
        assertTrue(payload.isAt(unmasked, 0, bytes));
        assertFalse(payload.isAt(unmasked, 0, bytes - 1));
    }

    @Test
    void hasNoRoomForAStampInLessThan16Bytes() {
        assertThrows(IllegalArgumentException.class, () -> new Payload(15));
    }

    @Test
    void closesWithACodeOrWithout() {
        ByteBuffer with = frames.close(1001);
        assertEquals((byte) 0x88, with.get(0));
        assertEquals(1001, ByteBuffer.wrap(unmask(with, 2)).getShort());
        ByteBuffer without = frames.close(0);
        assertEquals((byte) 0x80, without.get(1));
        assertEquals(6, without.remaining());
    }
}
