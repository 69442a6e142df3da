package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Random;

/// Against the JDK's decoder, which is told to report and not to repair.
class Utf8ValidatorTest {
    private static final int[] SECONDS = {0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF};

    private final CharsetDecoder decoder =
            UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer characters = CharBuffer.allocate(8192);

    private boolean isText(byte[] bytes, int length) {
        characters.clear();
        decoder.reset();
        return decoder.decode(ByteBuffer.wrap(bytes, 0, length), characters, true).isUnderflow();
    }

    /// Whether some bytes would make this a text, of which it is the start.
    private boolean isStart(byte[] bytes, int length) {
        byte[] longer = new byte[length + 3];
        System.arraycopy(bytes, 0, longer, 0, length);
        if (isText(longer, length)) {
            return true;
        }
        for (int second : SECONDS) {
            longer[length] = (byte) second;
            longer[length + 1] = (byte) 0x80;
            longer[length + 2] = (byte) 0x80;
            for (int more = 1; more <= 3; more++) {
                if (isText(longer, length + more)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean accepts(byte[] bytes, int length) {
        Utf8Validator validator = new Utf8Validator();
        return validator.accept(bytes, 0, length) && validator.isComplete();
    }

    @Test
    void agreesWithTheJdkOnAllSequencesOfUpToThreeBytes() {
        for (int length = 1; length <= 3; length++) {
            byte[] bytes = new byte[length];
            for (int all = 0; all < 1 << 8 * length; all++) {
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) (all >> 8 * i);
                }
                if (isText(bytes, length) != accepts(bytes, length)) {
                    assertEquals(isText(bytes, length), accepts(bytes, length), hex(bytes));
                }
            }
        }
    }

    @Test
    void refusesASequenceAtItsFirstWrongByteAndNotBefore() {
        byte[] bytes = new byte[2];
        for (int all = 0; all < 1 << 16; all++) {
            bytes[0] = (byte) (all >> 8);
            bytes[1] = (byte) all;
            for (int length = 1; length <= 2; length++) {
                boolean accepted = new Utf8Validator().accept(bytes, 0, length);
                assertEquals(isStart(bytes, length), accepted, hex(bytes));
            }
        }
    }

    @Test
    void agreesWithTheJdkOnLongTextsHoweverTheyAreCut() {
        Property.holds(
                20_000,
                random -> {
                    byte[] bytes = draw(random);
                    boolean valid = isText(bytes, bytes.length);
                    Utf8Validator validator = new Utf8Validator();
                    boolean accepted = true;
                    for (int at = 0; at < bytes.length && accepted; ) {
                        int length = Math.min(bytes.length - at, random.nextInt(30));
                        accepted = validator.accept(bytes, at, length);
                        at += length;
                        assertEquals(isStart(bytes, at), accepted, hex(bytes));
                    }
                    assertEquals(valid, accepted && validator.isComplete(), hex(bytes));
                });
    }

    /// Text of one to four bytes a character and long runs of ASCII, sometimes with a wrong byte.
    private static byte[] draw(Random random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> text.writeBytes("a".repeat(random.nextInt(40)).getBytes(UTF_8));
                case 1 -> text.writeBytes("é".getBytes(UTF_8));
                case 2 -> text.writeBytes("\uFFFF".getBytes(UTF_8));
                case 3 -> text.writeBytes("\uD800\uDC00".getBytes(UTF_8));
                default -> text.writeBytes(Character.toString(codePoint(random)).getBytes(UTF_8));
            }
        }
        byte[] bytes = text.toByteArray();
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static int codePoint(Random random) {
        int codePoint = random.nextInt(0x110000);
        return codePoint >= 0xD800 && codePoint < 0xE000 ? 0x20AC : codePoint;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
