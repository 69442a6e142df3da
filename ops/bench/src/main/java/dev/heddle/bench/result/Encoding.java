package dev.heddle.bench.result;

import org.HdrHistogram.Histogram;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;

/// Histograms as text: HdrHistogram's compressed encoding, in Base64. Pure.
public final class Encoding {
    private Encoding() {}

    /// The histogram as text.
    public static String encode(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /// The histogram in the text.
    ///
    /// @throws IllegalArgumentException when the text is not an encoded histogram
    public static Histogram decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return Histogram.decodeFromCompressedByteBuffer(bytes, 0);
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("a histogram cannot be decoded", damaged);
        }
    }
}
