package dev.heddle.support;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/// Compresses messages as clients do (RFC 7692 section 7.2.1), each behind the last one: so a later
/// one may refer to those before it.
public final class Deflated implements AutoCloseable {
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    /// A message that refers to nothing.
    public static byte[] alone(byte... message) {
        try (Deflated deflated = new Deflated()) {
            return deflated.next(message);
        }
    }

    /// A message of so many MiB of zeros.
    public static byte[] zeros(int mebibytes) {
        try (Deflated deflated = new Deflated()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] zeros = new byte[1 << 20];
            for (int i = 1; i < mebibytes; i++) {
                deflated.deflater.setInput(zeros);
                out.writeBytes(deflated.deflate(Deflater.NO_FLUSH));
            }
            out.writeBytes(deflated.next(zeros));
            return out.toByteArray();
        }
    }

    /// The next message.
    public byte[] next(byte... message) {
        deflater.setInput(message);
        byte[] flushed = deflate(Deflater.SYNC_FLUSH);
        return Arrays.copyOf(flushed, flushed.length - 4);
    }

    /// A message that ends in a final block, and the byte that is then left of what is left out
    /// (section 7.2.3.4).
    public static byte[] withFinalBlock(byte... message) {
        byte[] bare = withBareFinalBlock(message);
        return Arrays.copyOf(bare, bare.length + 1);
    }

    /// A message that ends in a final block and in nothing else, as some clients send it.
    public static byte[] withBareFinalBlock(byte... message) {
        try (Deflated deflated = new Deflated()) {
            deflated.deflater.setInput(message);
            deflated.deflater.finish();
            return deflated.deflate(Deflater.NO_FLUSH);
        }
    }

    private byte[] deflate(int flush) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 << 10];
        int count;
        do {
            count = deflater.deflate(buffer, 0, buffer.length, flush);
            out.write(buffer, 0, count);
        } while (count == buffer.length);
        return out.toByteArray();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
