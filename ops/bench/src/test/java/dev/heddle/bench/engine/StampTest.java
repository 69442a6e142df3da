package dev.heddle.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Random;

class StampTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final ByteBuffer buffer = ByteBuffer.allocate(Stamp.BYTES);

    private void put(int sender, int number, long nanos) {
        buffer.putLong(0, Stamp.origin(sender, number)).putLong(8, Stamp.time(nanos));
    }

    @Test
    void carriesSenderNumberAndTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            int sender = random.nextInt(Stamp.SENDERS);
            int number = random.nextInt(Stamp.NUMBERS);
            long nanos = random.nextLong();
            long age = random.nextLong(70 * HOUR_NANOS) - 35 * HOUR_NANOS;
            put(sender, number, nanos);
            assertTrue(Stamp.isAt(buffer.array(), 0));
            assertEquals(sender, Stamp.sender(buffer.array(), 0), "seed " + seed);
            assertEquals(number, Stamp.number(buffer.array(), 0), "seed " + seed);
            assertEquals(age, Stamp.age(buffer.array(), 0, nanos + age), "seed " + seed);
        }
    }

    @Test
    void isPrintable() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            put(random.nextInt(Stamp.SENDERS), random.nextInt(Stamp.NUMBERS), random.nextLong());
            for (byte letter : buffer.array()) {
                assertTrue(letter >= '0' && letter <= 'o', "seed " + seed);
            }
        }
    }

    @Test
    void isNotWhatHasOtherBytes() {
        for (int at = 0; at < Stamp.BYTES; at++) {
            put(5, 7, 9);
            buffer.put(at, (byte) 'z');
            assertFalse(Stamp.isAt(buffer.array(), 0));
            buffer.put(at, (byte) ' ');
            assertFalse(Stamp.isAt(buffer.array(), 0));
            buffer.put(at, (byte) 0xff);
            assertFalse(Stamp.isAt(buffer.array(), 0));
        }
    }
}
