package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

class EncodedFrameTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8200",
        "1, 8201",
        "125, 827d",
        "126, 827e007e",
        "127, 827e007f",
        "65535, 827effff",
        "65536, 827f0000000000010000",
        "1048576, 827f0000000000100000",
    })
    void encodesTheShortestHeaderAndThePayloadUnmasked(int length, String header) {
        byte[] payload = new byte[length + 7];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        EncodedFrame frame = EncodedFrame.binary(payload, 3, length);
        int headerBytes = header.length() / 2;
        assertEquals(headerBytes + length, frame.length());
        assertEquals(header, HexFormat.of().formatHex(frame.bytes(), 0, headerBytes));
        assertArrayEquals(
                Arrays.copyOfRange(payload, 3, 3 + length),
                Arrays.copyOfRange(frame.bytes(), headerBytes, frame.length()));
    }

    @Test
    void eachKindHasItsOpcode() {
        assertFrame("8103e282ac", EncodedFrame.text("€"));
        assertFrame("8102e282", EncodedFrame.text(bytes("00e28200"), 1, 2));
        assertFrame("8202ff00", EncodedFrame.binary(bytes("ff00"), 0, 2));
        assertFrame("8900", EncodedFrame.ping());
        assertFrame("8a00", EncodedFrame.pong(new byte[0]));
        assertFrame("8a020102", EncodedFrame.pong(bytes("0102")));
    }

    @Test
    void keepsItsBytesWhenThePayloadsArrayIsUsedAgain() {
        byte[] payload = {1, 2, 3};
        EncodedFrame frame = EncodedFrame.binary(payload, 0, 3);
        Arrays.fill(payload, (byte) 9);
        assertFrame("8203010203", frame);
    }

    @Test
    void copiesItselfToWhereItIsTold() {
        byte[] into = new byte[6];
        EncodedFrame.text("a").copyTo(into, 2);
        assertArrayEquals(bytes("000081016100"), into);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, '', 880203e8",
        "1001, bye, 880503e9627965",
        "1011, '', 880203f3",
        "3000, '', 88020bb8",
        "4999, é, 88041387c3a9",
        "1005, '', 8800",
    })
    void encodesACloseFrame(int code, String reason, String hex) {
        assertFrame(hex, EncodedFrame.close(code, reason));
    }

    @Test
    void aCloseReasonHasAtMost123Bytes() {
        assertEquals(127, EncodedFrame.close(1000, "x".repeat(123)).length());
        assertEquals(125, EncodedFrame.close(1000, "€".repeat(41)).bytes()[1]);
        assertThrows(
                IllegalArgumentException.class, () -> EncodedFrame.close(1000, "x".repeat(124)));
        assertThrows(
                IllegalArgumentException.class, () -> EncodedFrame.close(1000, "€".repeat(42)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 65536 + 1000})
    void noCloseFrameCarriesACodeThatMayNotBeSent(int code) {
        assertThrows(IllegalArgumentException.class, () -> EncodedFrame.close(code, ""));
    }

    private static void assertFrame(String hex, EncodedFrame frame) {
        assertEquals(hex, HexFormat.of().formatHex(frame.bytes()), () -> text(frame));
    }

    private static String text(EncodedFrame frame) {
        return new String(frame.bytes(), UTF_8);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
