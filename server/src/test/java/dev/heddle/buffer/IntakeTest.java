package dev.heddle.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

class IntakeTest {
    private static final int SMALL = 64;
    private static final int LARGE = 256;

    private final BufferPool small = new BufferPool(SMALL, 1);
    private final BufferPool large = new BufferPool(LARGE, 1);
    private final Slow in = new Slow();
    private final Intake intake = new Intake(in, small, large);

    /// Has what it is told to have; a read of more would wait, and notes what is lent meanwhile.
    private final class Slow extends InputStream {
        private final byte[] bytes = new byte[1024];
        private int at;
        private int arrived;
        private int lentWhileWaiting = -1;

        Slow() {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }

        @Override
        public int available() {
            return arrived - at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == arrived) {
                lentWhileWaiting = small.leased() + large.leased();
                arrived++; // it comes at last
            }
            int count = Math.min(length, arrived - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }
    }

    @AfterEach
    void givesBackWhatItHasBorrowed() {
        intake.close();
        assertEquals(0, small.leased() + large.leased());
    }

    private byte[] arrived() {
        return Arrays.copyOfRange(intake.bytes(), intake.from(), intake.to());
    }

    private byte[] sent(int from, int to) {
        return Arrays.copyOfRange(in.bytes, from, to);
    }

    @Test
    void readsIntoALentBufferWhatHasArrived() throws Exception {
        in.arrived = 40;
        assertEquals(40, intake.fill());
        assertEquals(1, small.leased());
        assertArrayEquals(sent(0, 40), arrived());
    }

    @Test
    void waitsWithoutTheBufferAndKeepsWhatHasArrivedWhereItIs() throws Exception {
        in.arrived = 40;
        intake.fill();
        intake.take(10);
        intake.fill();
        assertEquals(0, in.lentWhileWaiting);
        assertEquals(10, intake.from());
        assertArrayEquals(sent(10, 41), arrived());
        assertTrue(intake.bytes().length < SMALL, () -> intake.bytes().length + " bytes are held");
    }

    @Test
    void waitsForTheFirstByteWithoutABuffer() throws Exception {
        assertEquals(1, intake.fill());
        assertEquals(0, in.lentWhileWaiting);
        in.arrived = 30;
        assertEquals(29, intake.fill());
        assertArrayEquals(sent(0, 30), arrived());
    }

    @Test
    void aDripOfBytesGrowsWhatIsHeldByLittle() throws Exception {
        for (int i = 0; i < LARGE; i++) {
            assertEquals(1, intake.fill());
            assertEquals(0, in.lentWhileWaiting);
            assertTrue(intake.bytes().length < i + 20);
        }
        assertArrayEquals(sent(0, LARGE), arrived());
    }

    @Test
    void takesTheLargerBufferWhenTheSmallOneIsFull() throws Exception {
        in.arrived = LARGE;
        intake.fill();
        intake.fill();
        assertArrayEquals(sent(0, LARGE), arrived());
        assertEquals(0, small.leased());
        assertEquals(1, large.leased());
    }

    @Test
    void makesRoomOnceForWhatIsReadInPlace() throws Exception {
        in.arrived = SMALL;
        intake.fill();
        intake.take(SMALL - 4);
        intake.makeRoom(SMALL);
        in.arrived = LARGE;
        assertEquals(0, intake.from());
        assertEquals(SMALL - 4, intake.fillAtOnce());
        assertArrayEquals(sent(SMALL - 4, 2 * SMALL - 4), arrived());
    }

    @Test
    void knowsWhetherSoMuchHasArrived() throws Exception {
        in.arrived = 40;
        assertTrue(intake.hasArrived(40));
        assertFalse(intake.hasArrived(41));
        intake.fill();
        intake.take(30);
        in.arrived = 50;
        assertTrue(intake.hasArrived(20));
        assertFalse(intake.hasArrived(21));
    }

    @Test
    void beginsWithWhatTheCallerHasRead() throws Exception {
        byte[] first = {1, 2, 3, 0};
        try (Intake begun = new Intake(in, small, large).begunWith(first, 3)) {
            assertEquals(0, small.leased());
            assertArrayEquals(
                    new byte[] {1, 2, 3},
                    Arrays.copyOfRange(begun.bytes(), begun.from(), begun.to()));
            in.arrived = 20;
            begun.fill();
            assertEquals(23, begun.to() - begun.from());
        }
    }

    @Test
    void readsPastItselfOnlyWhenNothingIsLeft() throws Exception {
        in.arrived = 2;
        intake.fill();
        assertThrows(IllegalStateException.class, () -> intake.readPast(new byte[9], 0, 9));
        intake.take(2);
        assertEquals(1, intake.readPast(new byte[9], 0, 9));
        assertEquals(0, in.lentWhileWaiting);
    }
}
