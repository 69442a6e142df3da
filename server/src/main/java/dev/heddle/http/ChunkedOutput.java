package dev.heddle.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes a body of which nobody knows how long it will be, in chunks (RFC 9112, section 7.1).
///
/// **Not thread-safe.** What is written gathers until it is flushed or fills a chunk. [#close] ends
/// the body and leaves the stream below open; a body that is not closed is seen to be cut off.
public final class ChunkedOutput extends OutputStream {
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /// Room before the data for its size in hexadecimal digits and a CRLF.
    private static final int SIZE_BYTES = 6;

    private final OutputStream out;
    private final byte[] chunk = new byte[SIZE_BYTES + CHUNK_BYTES + 2];
    private int end = SIZE_BYTES;
    private boolean isClosed;

    public ChunkedOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, SIZE_BYTES + CHUNK_BYTES - end);
            System.arraycopy(bytes, from, chunk, end, count);
            end += count;
            from += count;
            left -= count;
            if (end == SIZE_BYTES + CHUNK_BYTES) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        if (end > SIZE_BYTES) {
            String size = "%04x\r\n".formatted(end - SIZE_BYTES);
            System.arraycopy(size.getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, SIZE_BYTES);
            chunk[end++] = '\r';
            chunk[end++] = '\n';
            int length = end;
            end = SIZE_BYTES;
            out.write(chunk, 0, length);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        flush();
        out.write(LAST_CHUNK);
        out.flush();
    }
}
