package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.Property;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestIntake;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class FrameReaderTest {
    private static final int[] OPCODES = {0, 1, 2, 8, 9, 10};

    private static RawFrame draw(Random random) {
        int opcode = OPCODES[random.nextInt(OPCODES.length)];
        int[] bounds = opcode >= 8 ? new int[] {126} : new int[] {2, 130, 5000, 70_000};
        byte[] payload = new byte[random.nextInt(bounds[random.nextInt(bounds.length)])];
        random.nextBytes(payload);
        RawFrame frame = RawFrame.of(opcode, payload);
        return opcode < 8 && random.nextBoolean() ? frame.unfinished() : frame;
    }

    /// The frame as a client sends it that has drawn another masking key.
    private static byte[] withKey(RawFrame frame, int key) {
        byte[] bytes = frame.encoded();
        int keyAt = bytes.length - frame.payload().length - 4;
        Masking.apply(bytes, keyAt, bytes.length - keyAt, key);
        return bytes;
    }

    /// Reads a payload in one of the two ways, whichever is drawn and possible.
    private static byte[] readPayload(FrameReader frames, Random random) throws IOException {
        int length = (int) frames.payloadLeft();
        byte[] payload = new byte[length];
        int start = random.nextBoolean() ? frames.startInPlace() : -1;
        int at = 0;
        while (frames.payloadLeft() > 0) {
            int wanted = 1 + random.nextInt(length);
            int room = Math.min(wanted, length - at);
            int count = start < 0 ? frames.readPayload(payload, at, room) : frames.readInPlace();
            assertTrue(count > 0);
            at += count;
        }
        assertEquals(length, at);
        return start < 0 ? payload : Arrays.copyOfRange(frames.buffer(), start, start + length);
    }

    @Test
    void anyChunkingOfTheStreamGivesTheSameFrames() {
        Property.holds(
                300,
                random -> {
                    List<RawFrame> sent = new ArrayList<>();
                    ByteArrayOutputStream wire = new ByteArrayOutputStream();
                    for (int i = 0; i < 20; i++) {
                        RawFrame frame = draw(random);
                        sent.add(frame);
                        wire.writeBytes(withKey(frame, random.nextInt()));
                    }
                    byte[] bytes = wire.toByteArray();
                    int arrived = random.nextInt(bytes.length + 1);
                    byte[] rest = Arrays.copyOfRange(bytes, arrived, bytes.length);
                    BufferPool pool = new BufferPool(512 + random.nextInt(8192), 1);
                    BufferPool large = new BufferPool(bytes.length, 1);
                    Intake intake =
                            new Intake(ChoppedInput.thenEnd(rest, random), pool, large)
                                    .begunWith(Arrays.copyOf(bytes, arrived), arrived);
                    FrameReader frames = new FrameReader(intake);
                    for (RawFrame frame : sent) {
                        FrameHeader header = frames.readHeader(false);
                        assertEquals(frame.fin(), header.fin());
                        assertEquals(frame.opcode(), header.opcode().value());
                        assertEquals(frame.payload().length, header.payloadLength());
                        assertArrayEquals(frame.payload(), readPayload(frames, random));
                    }
                    assertFalse(frames.hasBuffered());
                    assertEquals(rest.length, frames.bytesRead());
                    assertThrows(EOFException.class, () -> frames.readHeader(false));
                });
    }

    @Test
    void theStreamMayEndAnywhereAndIsNotTakenForAFrame() {
        byte[] wire = RawFrame.binary(new byte[300]).encoded();
        for (int length = 0; length < wire.length; length++) {
            byte[] part = Arrays.copyOf(wire, length);
            FrameReader frames = reader(ChoppedInput.thenEnd(part, new Random(length)));
            assertThrows(
                    EOFException.class,
                    () -> {
                        frames.readHeader(false);
                        readPayload(frames, new Random(0));
                    });
        }
    }

    @Test
    void aBadHeaderFailsWithoutWaitingForMore() {
        byte[] unmasked = {(byte) 0x81, 5};
        FrameReader frames = reader(ChoppedInput.thenSilence(unmasked));
        assertThrows(ProtocolViolation.class, () -> frames.readHeader(false));
    }

    @Test
    void aHeaderThatIsNotWholeWaits() {
        byte[] half = Arrays.copyOf(RawFrame.binary(new byte[70_000]).encoded(), 13);
        FrameReader frames = reader(ChoppedInput.thenSilence(half));
        assertThrows(ChoppedInput.WouldBlock.class, () -> frames.readHeader(false));
        assertTrue(frames.hasBuffered());
    }

    @Test
    void aWholeFrameThatHasArrivedIsReadWithoutWaiting() throws Exception {
        byte[] wire = RawFrame.text("hello").encoded();
        FrameReader frames = reader(ChoppedInput.thenSilence(wire));
        assertNotNull(frames.readHeader(false));
        assertArrayEquals("hello".getBytes(US_ASCII), readPayload(frames, new Random(1)));
        assertFalse(frames.hasBuffered());
    }

    @Test
    void onlyAPayloadThatHasArrivedAndFitsTheBufferIsReadInPlace() throws Exception {
        for (int length : new int[] {0, 1, 511, 512, 513, 70_000}) {
            byte[] wire = RawFrame.binary(new byte[length]).encoded();
            FrameReader frames = reader(new ByteArrayInputStream(wire));
            frames.readHeader(false);
            assertEquals(length <= 512, frames.startInPlace() >= 0, length + " bytes");
        }
        byte[] half = RawFrame.binary(new byte[100]).declaring(101).encoded();
        FrameReader frames = reader(new ByteArrayInputStream(half));
        frames.readHeader(false);
        assertEquals(-1, frames.startInPlace());
    }

    @Test
    void aPayloadLeftUnreadIsABug() throws Exception {
        FrameReader frames = reader(ChoppedInput.thenSilence(RawFrame.text("hello").encoded()));
        frames.readHeader(false);
        assertThrows(IllegalStateException.class, () -> frames.readHeader(false));
    }

    private static FrameReader reader(InputStream in) {
        return new FrameReader(TestIntake.of(in));
    }
}
