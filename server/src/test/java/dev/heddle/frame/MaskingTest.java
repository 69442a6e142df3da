package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Property;

import org.junit.jupiter.api.Test;

import java.util.Random;

class MaskingTest {

    /// RFC 6455, section 5.3: octet i is XORed with octet i modulo 4 of the key.
    private static void maskAsTheRfcSays(byte[] bytes, int offset, int length, int key) {
        for (int i = 0; i < length; i++) {
            bytes[offset + i] ^= (byte) (key >>> 8 * (i % 4));
        }
    }

    @Test
    void masksAsTheRfcSaysAtEachOffsetAndLengthAndTouchesNothingElse() {
        Random random = new Random(1);
        for (int offset = 0; offset <= 9; offset++) {
            for (int length = 0; length <= 40; length++) {
                byte[] bytes = new byte[offset + length + 9];
                random.nextBytes(bytes);
                byte[] expected = bytes.clone();
                int key = random.nextInt();
                maskAsTheRfcSays(expected, offset, length, key);
                Masking.apply(bytes, offset, length, key);
                assertArrayEquals(expected, bytes, "offset " + offset + ", length " + length);
            }
        }
    }

    @Test
    void theKeyItReturnsGoesOnWhereItStopped() {
        for (int length = 0; length <= 20; length++) {
            int turned = Integer.rotateRight(0x84030201, 8 * (length % 4));
            assertEquals(turned, Masking.apply(new byte[length], 0, length, 0x84030201));
        }
    }

    @Test
    void anyPiecesGiveTheSameAsOne() {
        Property.holds(
                500,
                random -> {
                    byte[] whole = new byte[random.nextInt(200)];
                    random.nextBytes(whole);
                    byte[] pieces = whole.clone();
                    int key = random.nextInt();
                    Masking.apply(whole, 0, whole.length, key);
                    int turned = key;
                    for (int at = 0; at < pieces.length; ) {
                        int length = random.nextInt(pieces.length - at + 1);
                        turned = Masking.apply(pieces, at, length, turned);
                        at += length;
                    }
                    assertArrayEquals(whole, pieces);
                });
    }

    @Test
    void maskingTwiceGivesTheBytesBack() {
        Property.holds(
                200,
                random -> {
                    byte[] bytes = new byte[random.nextInt(100)];
                    random.nextBytes(bytes);
                    byte[] twice = bytes.clone();
                    int key = random.nextInt();
                    Masking.apply(twice, 0, twice.length, key);
                    Masking.apply(twice, 0, twice.length, key);
                    assertArrayEquals(bytes, twice);
                });
    }
}
