package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.Property;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestIntake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class MessageReaderTest {
    private static final EndpointLimits LOOSE =
            new EndpointLimits(1 << 20, 1 << 20, 1000, 1 << 20, 1, 1);

    private final UnfinishedBytes unfinished = new UnfinishedBytes(1 << 20);

    private MessageReader reader(ChoppedInput in) {
        FrameReader frames = new FrameReader(TestIntake.of(in));
        return new MessageReader(frames, LOOSE, unfinished.share(new IdlePeer()));
    }

    private MessageReader readerOf(RawFrame... frames) {
        return reader(ChoppedInput.thenSilence(encoded(List.of(frames))));
    }

    private static byte[] encoded(List<RawFrame> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(frame -> bytes.writeBytes(frame.encoded()));
        return bytes.toByteArray();
    }

    private static byte[] payload(Incoming incoming) {
        Incoming.Data data = assertInstanceOf(Incoming.Data.class, incoming);
        return Arrays.copyOfRange(data.bytes(), data.offset(), data.offset() + data.length());
    }

    private static RawFrame continuation(String text) {
        return RawFrame.of(RawFrame.CONTINUATION, text.getBytes(UTF_8));
    }

    private static void assertFails(ProtocolViolation expected, MessageReader messages) {
        assertSame(expected, assertThrows(ProtocolViolation.class, () -> readAll(messages)));
    }

    private static void readAll(MessageReader messages) throws IOException, ProtocolViolation {
        while (true) {
            messages.readNext();
        }
    }

    /// Cuts a message into fragments, with pings between them, and notes what must be read.
    private static void draw(Random random, List<RawFrame> frames, List<String> expected) {
        boolean text = random.nextBoolean();
        int size = random.nextInt(3) == 0 ? 3000 : 20;
        byte[] payload =
                text
                        ? "aé€\uD800\uDC00".repeat(random.nextInt(size)).getBytes(UTF_8)
                        : new byte[random.nextInt(size * 10)];
        int opcode = text ? RawFrame.TEXT : RawFrame.BINARY;
        int from = 0;
        for (int left = random.nextInt(5); left >= 0; left--) {
            int to = left == 0 ? payload.length : from + random.nextInt(payload.length - from + 1);
            RawFrame frame = RawFrame.of(opcode, Arrays.copyOfRange(payload, from, to));
            frames.add(left == 0 ? frame : frame.unfinished());
            if (left > 0 && random.nextInt(3) == 0) {
                frames.add(RawFrame.ping("p" + from));
                expected.add("Ping " + HexFormat.of().formatHex(("p" + from).getBytes(UTF_8)));
            }
            from = to;
            opcode = RawFrame.CONTINUATION;
        }
        expected.add((text ? "Text " : "Binary ") + HexFormat.of().formatHex(payload));
    }

    private static String shown(Incoming incoming) {
        String kind = incoming.getClass().getSimpleName() + " ";
        return incoming instanceof Incoming.Ping(byte[] payload)
                ? kind + HexFormat.of().formatHex(payload)
                : kind + HexFormat.of().formatHex(payload(incoming));
    }

    @Test
    void anyFragmentationAndAnyChunkingGivesTheSameMessages() {
        Property.holds(
                400,
                random -> {
                    List<RawFrame> frames = new ArrayList<>();
                    List<String> expected = new ArrayList<>();
                    for (int i = 0; i < 6; i++) {
                        draw(random, frames, expected);
                    }
                    List<String> read = new ArrayList<>();
                    ChoppedInput in = ChoppedInput.thenEnd(encoded(frames), random);
                    try (MessageReader messages = reader(in)) {
                        while (read.size() < expected.size()) {
                            read.add(shown(messages.readNext()));
                        }
                        assertFalse(messages.isUnfinished());
                    }
                    assertEquals(expected, read);
                    assertEquals(0, unfinished.held());
                });
    }

    record Bad(String name, ProtocolViolation violation, RawFrame... frames) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> badSequences() {
        RawFrame start = RawFrame.text("a").unfinished();
        RawFrame end = continuation("b");
        ProtocolViolation nothing = ProtocolViolation.NOTHING_TO_CONTINUE;
        ProtocolViolation interrupted = ProtocolViolation.MESSAGE_INTERRUPTED;
        return List.of(
                new Bad("a last fragment first", nothing, end),
                new Bad("a fragment first", nothing, end.unfinished()),
                new Bad("a fragment after a message", nothing, RawFrame.text("a"), end),
                new Bad("a fragment after a fragmented one", nothing, start, end, end),
                new Bad("a text in a text", interrupted, start, RawFrame.text("b")),
                new Bad("a start in a text", interrupted, start, start),
                new Bad("a binary in a text", interrupted, start, RawFrame.binary()),
                new Bad("the same after a ping", interrupted, start, RawFrame.ping(""), start));
    }

    @ParameterizedTest
    @MethodSource("badSequences")
    void refusesFragmentsThatDoNotFollowEachOther(Bad bad) {
        assertFails(bad.violation(), readerOf(bad.frames()));
    }

    @Test
    void controlFramesComeOutBetweenTheFragmentsOfAMessage() throws Exception {
        MessageReader messages =
                readerOf(
                        RawFrame.text("a").unfinished(),
                        RawFrame.ping("1"),
                        continuation("").unfinished(),
                        RawFrame.of(RawFrame.PONG),
                        continuation("b"),
                        RawFrame.close(-1, ""));
        assertInstanceOf(Incoming.Ping.class, messages.readNext());
        assertTrue(messages.isUnfinished());
        assertInstanceOf(Incoming.Pong.class, messages.readNext());
        assertArrayEquals("ab".getBytes(UTF_8), payload(messages.readNext()));
        assertEquals(new Incoming.Close(1005), messages.readNext());
        assertFalse(messages.isUnfinished());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1005, ",
        "03, , close payload of one byte",
        "03e8, 1000, ",
        "03e86f6b, 1000, ",
        "0bb8, 3000, ",
        "1387, 4999, ",
        "03f4, 1012, ",
        "03f6, 1014, ",
        "0000, , close code not allowed",
        "03e7, , close code not allowed",
        "03ec, , close code not allowed",
        "03ed, , close code not allowed",
        "03ee, , close code not allowed",
        "03f7, , close code not allowed",
        "1388, , close code not allowed",
        "ffff, , close code not allowed",
        "03e8ff, , close reason is not UTF-8",
        "03e8e282, , close reason is not UTF-8",
        "03e8e282ac, 1000, ",
    })
    void decodesACloseFrameByItsRules(String hex, Integer code, String reason) throws Exception {
        byte[] payload = HexFormat.of().parseHex(hex);
        MessageReader messages = readerOf(RawFrame.of(RawFrame.CLOSE, payload));
        if (code != null) {
            assertEquals(new Incoming.Close(code), messages.readNext());
        } else {
            ProtocolViolation thrown =
                    assertThrows(ProtocolViolation.class, () -> readAll(messages));
            assertEquals(reason, thrown.reason());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 80", "e0, 9f", "ed, a0", "f0, 8f", "f4, 90", "c2, 41", "616263e282, ff"})
    void badTextFailsAtItsFirstWrongByteThoughTheRestHasNotArrived(String good, String bad) {
        byte[] start = HexFormat.of().parseHex("41".repeat(9) + good);
        byte[] wrong = HexFormat.of().parseHex(bad);
        byte[] both = HexFormat.of().parseHex("41".repeat(9) + good + bad);
        for (int claimed : new int[] {100, 400, 100_000}) {
            RawFrame rest = RawFrame.of(RawFrame.CONTINUATION, wrong).declaring(claimed);
            assertWaits(RawFrame.of(RawFrame.TEXT, start).declaring(claimed));
            assertFails(
                    ProtocolViolation.NOT_UTF8,
                    readerOf(RawFrame.of(RawFrame.TEXT, both).declaring(claimed)));
            assertFails(
                    ProtocolViolation.NOT_UTF8,
                    readerOf(RawFrame.of(RawFrame.TEXT, start).unfinished(), rest));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2", "e0a0", "f09080", "61e282"})
    void textMayNotEndInsideACharacterButAFragmentMay(String hex) {
        RawFrame text = RawFrame.of(RawFrame.TEXT, HexFormat.of().parseHex(hex));
        assertFails(ProtocolViolation.NOT_UTF8, readerOf(text));
        assertFails(ProtocolViolation.NOT_UTF8, readerOf(text.unfinished(), continuation("")));
        assertWaits(text.unfinished());
    }

    private void assertWaits(RawFrame frame) {
        try (MessageReader messages = readerOf(frame)) {
            assertThrows(ChoppedInput.WouldBlock.class, messages::readNext);
        }
    }
}
