package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.config.EndpointLimits;
import dev.heddle.deflate.Agreement;
import dev.heddle.deflate.Deflation;
import dev.heddle.deflate.ZlibPool;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.Deflated;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestIntake;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// Compressed messages of a client: each is inflated to what it was, within the limits, or refused,
/// and nothing is held afterwards.
class InflationTest {
    private static final int MESSAGE = 100_000;
    private static final EndpointLimits LIMITS =
            new EndpointLimits(MESSAGE, MESSAGE, 1000, MESSAGE, 1, 1);

    private UnfinishedBytes unfinished = new UnfinishedBytes(1 << 20);
    private Deflation deflation = new Deflation(6, 1, 1 << 20);
    private Inflation inflation = inflation(15);

    private Inflation inflation(int clientBits) {
        return new Inflation(deflation.window(new Agreement(15, clientBits)));
    }

    @AfterEach
    void nothingIsHeld() {
        assertEquals(0, unfinished.held());
        assertEquals(0, deflation.pool().lent());
        inflation.window().release();
        assertEquals(0, deflation.windowBytes());
        deflation.close();
        assertEquals(0, deflation.pool().nativeBytes());
    }

    private MessageReader reader(byte[] wire) {
        FrameReader frames = new FrameReader(TestIntake.of(ChoppedInput.thenSilence(wire)));
        return new MessageReader(frames, LIMITS, unfinished.share(new IdlePeer()), inflation);
    }

    /// A compressed message in fragments of so many bytes.
    private static byte[] frames(int opcode, byte[] payload, int size) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int at = 0;
        do {
            int end = Math.min(payload.length, at + size);
            byte[] part = Arrays.copyOfRange(payload, at, end);
            RawFrame frame = RawFrame.of(at == 0 ? opcode : RawFrame.CONTINUATION, part);
            frame = at == 0 ? frame.rsv(4) : frame;
            wire.writeBytes((end < payload.length ? frame.unfinished() : frame).encoded());
            at = end;
        } while (at < payload.length);
        return wire.toByteArray();
    }

    private static byte[] text(byte... payload) {
        return frames(RawFrame.TEXT, payload, Integer.MAX_VALUE >> 1);
    }

    private static byte[] hex(String payload) {
        return HexFormat.of().parseHex(payload);
    }

    private String readText(byte[] wire) throws Exception {
        try (MessageReader messages = reader(wire)) {
            return ((Incoming.Text) messages.readNext()).text();
        }
    }

    private void assertFails(ProtocolViolation violation, byte[] wire) {
        try (MessageReader messages = reader(wire)) {
            assertSame(violation, assertThrows(ProtocolViolation.class, messages::readNext));
        }
    }

    private static byte[] bytes(int length) {
        Random random = new Random(length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(4));
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 125, 511, 512, 513, 1023, 1024, 1025, 4096, 65_536, MESSAGE})
    void inflatesEachSizeInFragmentsOfAnySize(int length) throws Exception {
        byte[] payload = Deflated.alone(bytes(length));
        for (int size : new int[] {Math.ceilDiv(payload.length, 500), 256, 5000, MESSAGE}) {
            byte[] wire = frames(RawFrame.BINARY, payload, size);
            try (MessageReader messages = reader(wire)) {
                Incoming.Binary message = (Incoming.Binary) messages.readNext();
                assertEquals(
                        new String(bytes(length), UTF_8), new String(message.toByteArray(), UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 15})
    void aMessageMayReferToThoseBeforeItAsFarAsItWasAgreed(int bits) throws Exception {
        inflation = inflation(bits);
        int window = 1 << Math.max(9, bits);
        byte[] noise = new byte[window - 262]; // zlib's own look-ahead is not referred to
        new Random(bits).nextBytes(noise);
        try (Deflated deflated = new Deflated()) {
            byte[] first = deflated.next(noise);
            byte[] second = deflated.next(noise);
            assertTrue(second.length < noise.length / 10, "refers to the first");
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(frames(RawFrame.BINARY, first, 1 << 20));
            wire.writeBytes(frames(RawFrame.BINARY, second, 1 << 20));
            try (MessageReader messages = reader(wire.toByteArray())) {
                for (int i = 0; i < 2; i++) {
                    Incoming.Binary message = (Incoming.Binary) messages.readNext();
                    assertTrue(Arrays.equals(noise, message.toByteArray()));
                }
            }
        }
        assertEquals(Math.min(window, 2 * noise.length), deflation.windowBytes());
    }

    @Test
    void theWindowIsKeptFromOneReaderToTheNext() throws Exception {
        try (Deflated deflated = new Deflated()) {
            for (int i = 0; i < 20; i++) {
                String message = "a message like many others, number " + i;
                assertEquals(message, readText(text(deflated.next(message.getBytes(UTF_8)))));
                assertTrue(deflation.windowBytes() > 0);
            }
        }
    }

    @Test
    void plainAndCompressedMessagesComeInAnyOrder() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(RawFrame.text("plain").encoded());
        wire.writeBytes(text(Deflated.alone("compressed".getBytes(UTF_8))));
        wire.writeBytes(RawFrame.text("pla").unfinished().encoded());
        wire.writeBytes(RawFrame.of(RawFrame.CONTINUATION, (byte) 'n').encoded());
        wire.writeBytes(text(Deflated.alone("again".getBytes(UTF_8))));
        try (MessageReader messages = reader(wire.toByteArray())) {
            for (String expected : new String[] {"plain", "compressed", "plan", "again"}) {
                assertEquals(expected, ((Incoming.Text) messages.readNext()).text());
            }
        }
    }

    @Test
    void emptyMessagesAreEmpty() throws Exception {
        assertEquals("", readText(text()));
        assertEquals("", readText(text(hex("00"))));
        assertEquals("", readText(text(hex("0200"))));
        assertEquals("", readText(text(hex("030000"))));
    }

    @Test
    void aMessageMayEndInAFinalBlock() throws Exception {
        byte[] text = "with a final block".getBytes(UTF_8);
        for (byte[] payload :
                new byte[][] {Deflated.withFinalBlock(text), Deflated.withBareFinalBlock(text)}) {
            assertEquals("with a final block", readText(text(payload)));
            assertEquals("with a final block", readText(frames(RawFrame.TEXT, payload, 1)));
        }
    }

    @Test
    void moreMayComeBehindAFinalBlock() throws Exception {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(Deflated.withBareFinalBlock("first, ".getBytes(UTF_8)));
        payload.writeBytes(Deflated.withBareFinalBlock("second, ".getBytes(UTF_8)));
        payload.writeBytes(Deflated.alone("third".getBytes(UTF_8)));
        assertEquals("first, second, third", readText(text(payload.toByteArray())));
    }

    /// The stream refers to what came before its final block, in this message and in the last one.
    @Test
    void whatComesBehindAFinalBlockMayReferToWhatCameBefore() throws Exception {
        byte[] noise = new byte[500];
        new Random(1).nextBytes(noise);
        inflation = inflation(15);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(Deflated.withBareFinalBlock(noise));
        try (Deflated deflated = new Deflated()) {
            deflated.next(noise);
            payload.writeBytes(deflated.next(noise));
        }
        try (MessageReader messages =
                reader(frames(RawFrame.BINARY, payload.toByteArray(), 1 << 20))) {
            assertEquals(1000, ((Incoming.Binary) messages.readNext()).length());
        }
    }

    @Test
    void aFloodOfFinalBlocksIsRefused() {
        byte[] payload = new byte[2 * 257];
        for (int i = 0; i < payload.length; i += 2) {
            payload[i] = 3;
        }
        assertFails(ProtocolViolation.TOO_MANY_FINAL_BLOCKS, text(payload));
    }

    @Test
    void garbageIsRefused() {
        assertFails(ProtocolViolation.NOT_DEFLATED, text(hex("ffffffffffff")));
        assertFails(ProtocolViolation.NOT_DEFLATED, text(hex("06")));
    }

    @Test
    void aStreamThatIsCutOffIsRefusedWhereverItIsCut() throws Exception {
        byte[] payload = Deflated.alone("a text, a text, and another text".getBytes(UTF_8));
        for (int length = 1; length < payload.length - 1; length++) {
            byte[] cut = Arrays.copyOf(payload, length);
            try (MessageReader messages = reader(text(cut))) {
                ProtocolViolation violation =
                        assertThrows(ProtocolViolation.class, messages::readNext);
                assertEquals(1007, violation.closeCode(), "cut after " + length);
            }
        }
    }

    @Test
    void aReferenceToWhatWasNeverSentIsRefused() {
        try (Deflated deflated = new Deflated()) {
            deflated.next(bytes(1000));
            byte[] second = deflated.next(bytes(1000));
            assertFails(ProtocolViolation.NOT_DEFLATED, frames(RawFrame.BINARY, second, 1 << 20));
        }
    }

    @Test
    void textIsValidatedAfterItIsInflated() throws Exception {
        String text = "Gewebe, 织物, ткань, \uD83E\uDDF5";
        byte[] payload = Deflated.alone(text.getBytes(UTF_8));
        assertEquals(text, readText(text(payload)));
        assertEquals(text, readText(frames(RawFrame.TEXT, payload, 1)));
        assertFails(ProtocolViolation.NOT_UTF8, text(Deflated.alone(hex("ceba80e1bd"))));
        assertFails(ProtocolViolation.NOT_UTF8, text(Deflated.alone(hex("cebae1bd"))));
    }

    @Test
    void theFirstReservedBitIsForTheFirstFrameOfAMessageAlone() {
        byte[] one = {0};
        for (RawFrame frame :
                new RawFrame[] {
                    RawFrame.ping("").rsv(4),
                    RawFrame.of(RawFrame.PONG).rsv(4),
                    RawFrame.close(1000, "").rsv(4),
                    RawFrame.binary(one).rsv(2),
                    RawFrame.binary(one).rsv(1),
                    RawFrame.binary(one).rsv(5),
                    RawFrame.binary(one).rsv(6),
                }) {
            assertFails(ProtocolViolation.RESERVED_BITS, frame.encoded());
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(RawFrame.binary(one).rsv(4).unfinished().encoded());
        wire.writeBytes(RawFrame.of(RawFrame.CONTINUATION, one).rsv(4).encoded());
        assertFails(ProtocolViolation.RESERVED_BITS, wire.toByteArray());
    }

    @Test
    void aPingMayComeBetweenTheFragments() throws Exception {
        byte[] payload = Deflated.alone("in two parts".getBytes(UTF_8));
        byte[] first = Arrays.copyOf(payload, 5);
        byte[] rest = Arrays.copyOfRange(payload, 5, payload.length);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(RawFrame.of(RawFrame.TEXT, first).rsv(4).unfinished().encoded());
        wire.writeBytes(RawFrame.ping("?").encoded());
        wire.writeBytes(RawFrame.of(RawFrame.CONTINUATION, rest).encoded());
        try (MessageReader messages = reader(wire.toByteArray())) {
            assertTrue(messages.readNext() instanceof Incoming.Ping);
            assertTrue(messages.isUnfinished());
            assertEquals("in two parts", ((Incoming.Text) messages.readNext()).text());
        }
    }

    @Test
    void whatInflatesToMoreThanAMessageMayBeIsRefusedBeforeItIsThere() {
        byte[] bomb = Deflated.alone(new byte[64 << 20]);
        assertTrue(bomb.length < MESSAGE, "one frame");
        unfinished =
                new UnfinishedBytes(MESSAGE + ZlibPool.INFLATER_BYTES); // or it would never come
        assertFails(ProtocolViolation.MESSAGE_TOO_BIG, frames(RawFrame.BINARY, bomb, bomb.length));
        assertFails(ProtocolViolation.MESSAGE_TOO_BIG, frames(RawFrame.BINARY, bomb, 256));
        assertFails(
                ProtocolViolation.MESSAGE_TOO_BIG,
                frames(RawFrame.BINARY, Deflated.alone(new byte[MESSAGE + 1]), 256));
    }

    @Test
    void theBytesOfAMessageAndItsInflaterCountAsUnfinished() throws Exception {
        byte[] payload = Deflated.alone(bytes(5000));
        byte[] wire = RawFrame.of(RawFrame.BINARY, payload).rsv(4).unfinished().encoded();
        try (MessageReader messages = reader(wire)) {
            assertThrows(ChoppedInput.WouldBlock.class, messages::readNext);
            assertEquals(8192 + ZlibPool.INFLATER_BYTES, unfinished.held());
            assertEquals(1, deflation.pool().lent());
        }
    }

    @Test
    void withoutRoomForAWindowTheClientHasToComeBack() {
        deflation.close();
        deflation = new Deflation(6, 1, 600);
        inflation = inflation(15);
        byte[] payload = frames(RawFrame.BINARY, Deflated.alone(bytes(601)), 1 << 20);
        assertFails(ProtocolViolation.NO_ROOM_FOR_WINDOW, payload);
        assertEquals(0, deflation.windowBytes());
    }

    @Test
    void withNoRoomLeftForWindowsNoOfferIsAccepted() throws Exception {
        deflation.close();
        deflation = new Deflation(6, 1, 600);
        inflation = inflation(15);
        assertTrue(deflation.accept("permessage-deflate").isPresent());
        byte[] payload = frames(RawFrame.BINARY, Deflated.alone(bytes(600)), 1 << 20);
        try (MessageReader messages = reader(payload)) {
            assertEquals(600, ((Incoming.Binary) messages.readNext()).length());
        }
        assertTrue(deflation.accept("permessage-deflate").isEmpty());
    }
}
