package dev.heddle.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.RawFrame;
import dev.heddle.support.SmallInflater;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is compressed is read by an inflater with as small a window as the client has.
class CompressionTest {
    private final Deflation deflation = new Deflation(6, 1, 1 << 20);

    /// A kind of data, of any length.
    enum Data {
        JSON(CompressionTest::json),
        ZEROS(byte[]::new),
        FAR_REPEATS(CompressionTest::farRepeats),
        NOISE(CompressionTest::noise);

        @SuppressWarnings("ImmutableEnumChecker") // a lambda that holds nothing
        final IntFunction<byte[]> bytes;

        Data(IntFunction<byte[]> bytes) {
            this.bytes = bytes;
        }
    }

    @AfterEach
    void all() {
        assertEquals(0, deflation.pool().lent());
        deflation.close();
        assertEquals(0, deflation.pool().nativeBytes());
    }

    static Stream<Arguments> tables() {
        return IntStream.rangeClosed(9, 15)
                .boxed()
                .flatMap(bits -> Arrays.stream(Data.values()).map(it -> Arguments.of(bits, it)));
    }

    @ParameterizedTest(name = "{1} for a window of {0} bits")
    @MethodSource("tables")
    void isInflatedWithTheWindowThatWasAgreedOn(int bits, Data data) {
        Compression compression = deflation.compression(new Agreement(bits, 15));
        int window = 1 << bits;
        for (int length :
                new int[] {1, 5, 255, 1024, window - 1, window, window + 1, 3 * window, 70_000}) {
            byte[] bytes = data.bytes.apply(length);
            EncodedFrame plain = EncodedFrame.binary(bytes, 0, length);
            EncodedFrame compressed = compression.compress(plain);
            if (compressed.isCompressed()) {
                assertArrayEquals(bytes, SmallInflater.inflate(bits, payload(compressed)));
                assertTrue(compressed.length() < plain.length());
            } else {
                assertSame(plain, compressed);
                assertTrue(data == Data.NOISE || length < 1000, "of " + length);
            }
        }
    }

    @Test
    void aSmallWindowCostsBytesAndALargeOneDoesNot() {
        byte[] json = json(64 << 10);
        int[] lengths =
                IntStream.rangeClosed(9, 15)
                        .map(bits -> compress(new Agreement(bits, 15), json).length())
                        .toArray();
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        int[] falling = IntStream.range(0, 7).map(i -> sorted[6 - i]).toArray();
        assertArrayEquals(falling, lengths, Arrays.toString(lengths));
    }

    /// A client that looks back by less than the server does cannot read it: so this test can fail.
    @Test
    void aLargerWindowIsNotReadWithASmallerOne() {
        byte[] payload = payload(compress(new Agreement(15, 15), farRepeats(70_000)));
        try {
            SmallInflater.inflate(9, payload);
        } catch (AssertionError expected) {
            assertTrue(String.valueOf(expected.getMessage()).startsWith("refers back by "));
            return;
        }
        throw new AssertionError("was read");
    }

    @Test
    void eachMessageIsByItself() {
        byte[] json = json(2000);
        EncodedFrame first = compress(new Agreement(15, 15), json);
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(first.bytes(), compress(new Agreement(15, 15), json).bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1 << 20, (1 << 20) + 1})
    void onlyWhatIsNeitherShortNorLongIsCompressed(int length) {
        try (Deflation usual = new Deflation(6, 256, 1 << 20)) {
            Compression compression = usual.compression(new Agreement(15, 15));
            EncodedFrame plain = EncodedFrame.binary(new byte[length], 0, length);
            boolean isCompressed = compression.compress(plain).isCompressed();
            assertEquals(length >= 256 && length <= 1 << 20, isCompressed);
        }
    }

    @Test
    void whatIsCompressedIsNotCompressedAgain() {
        Compression compression = deflation.compression(new Agreement(15, 15));
        EncodedFrame once = compress(new Agreement(15, 15), json(5000));
        assertSame(once, compression.compress(once));
    }

    @Test
    void theFrameIsATextWithItsFirstReservedBitAndForAsManyReceivers() {
        byte[] json = json(1000);
        EncodedFrame text = EncodedFrame.text(json, 0, json.length).sharedBy(77);
        EncodedFrame compressed = deflation.compression(new Agreement(15, 15)).compress(text);
        assertEquals((byte) 0xC1, compressed.bytes()[0]);
        assertEquals(77, compressed.receivers());
        byte[] header = new byte[10];
        compressed.putFragmentHeader(header, 0, 10);
        assertEquals((byte) (RawFrame.TEXT | 0x40), header[0]);
        compressed.putFragmentHeader(header, 10, 10);
        assertEquals((byte) RawFrame.CONTINUATION, header[0]);
        assertFalse(text.isCompressed());
    }

    private EncodedFrame compress(Agreement agreement, byte[] bytes) {
        EncodedFrame plain = EncodedFrame.binary(bytes, 0, bytes.length);
        EncodedFrame compressed = deflation.compression(agreement).compress(plain);
        assertTrue(compressed.isCompressed());
        return compressed;
    }

    private static byte[] payload(EncodedFrame frame) {
        return Arrays.copyOfRange(frame.bytes(), frame.payloadStart(), frame.length());
    }

    private static byte[] json(int length) {
        Random random = new Random(length);
        StringBuilder json = new StringBuilder(length + 100);
        while (json.length() < length) {
            json.append("{\"id\":").append(random.nextInt(100_000));
            json.append(",\"name\":\"user ").append(random.nextInt(500)).append("\"},");
        }
        return Arrays.copyOf(json.toString().getBytes(StandardCharsets.UTF_8), length);
    }

    /// Noise that comes again after 20,000 bytes.
    private static byte[] farRepeats(int length) {
        byte[] noise = noise(20_000);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = i % 3 == 0 ? (byte) 'x' : noise[i % noise.length];
        }
        return bytes;
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
