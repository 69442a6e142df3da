package dev.heddle.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/// Reads the body of one request, which follows its head, by its length or in chunks (RFC 9112,
/// sections 6 and 7).
///
/// Used by one thread, which blocks here while the body is not whole; the deadline for that is not
/// kept here. Its memory grows with the bytes that have arrived, never with the length that was
/// announced.
public final class BodyReader {
    private static final int SLICE_BYTES = 8 * 1024;

    /// The longest line that begins a chunk, and the longest line of the trailer.
    private static final int MAX_LINE_BYTES = 1_024;

    private static final int MAX_TRAILER_LINES = 32;
    private static final int MAX_SIZE_DIGITS = 8;

    private final HeadReader source;
    private final long length;

    /// @param source what has read the head
    /// @param length of the body, as [RequestHead#bodyBytes] has it
    public BodyReader(HeadReader source, long length) {
        this.source = source;
        this.length = length;
    }

    /// Whether the request has a body at all.
    public boolean isEmpty() {
        return length == 0;
    }

    /// Whether none of it has arrived yet.
    public boolean isAwaited() {
        return !isEmpty() && !source.hasStarted();
    }

    /// Whether its length, as far as it is known, is no larger than that.
    public boolean mayFit(int maxBytes) {
        return length <= maxBytes;
    }

    /// Reads all of it. Blocks until it is whole.
    ///
    /// @return the body; empty if it has more bytes than that, of which some are left unread
    /// @throws BadRequest when a chunk breaks a rule
    /// @throws EOFException when the stream ends before the body does
    public Optional<byte[]> read(int maxBytes) throws IOException, BadRequest {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean fits =
                length == RequestHead.CHUNKED ? readChunks(body, maxBytes) : mayFit(maxBytes);
        if (fits && length > 0) {
            copy(length, body);
        }
        return fits ? Optional.of(body.toByteArray()) : Optional.empty();
    }

    /// @return whether there were no more bytes than that
    private boolean readChunks(ByteArrayOutputStream body, int maxBytes)
            throws IOException, BadRequest {
        for (long size = readSize(); size > 0; size = readSize()) {
            if (body.size() + size > maxBytes) {
                return false;
            }
            copy(size, body);
            if (!readLine().isEmpty()) {
                throw BadRequest.CHUNK;
            }
        }
        int lines = 0;
        while (!readLine().isEmpty()) {
            if (++lines > MAX_TRAILER_LINES) {
                throw BadRequest.CHUNK;
            }
        }
        return true;
    }

    /// The size that a chunk's line begins with; what extensions say is passed over.
    private long readSize() throws IOException, BadRequest {
        String line = readLine();
        int digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
            digits++;
        }
        String rest = line.substring(digits).stripLeading();
        if (digits == 0 || digits > MAX_SIZE_DIGITS || !(rest.isEmpty() || rest.startsWith(";"))) {
            throw BadRequest.CHUNK;
        }
        return Long.parseLong(line, 0, digits, 16);
    }

    /// A line without its CRLF. Other control bytes than tabs have no place in it.
    private String readLine() throws IOException, BadRequest {
        StringBuilder line = new StringBuilder();
        int octet;
        while ((octet = source.readByte()) != '\r') {
            boolean isControl = octet < ' ' && octet != '\t' || octet == 0x7F;
            if (isControl || line.length() == MAX_LINE_BYTES) {
                throw BadRequest.CHUNK;
            }
            line.append((char) octet);
        }
        if (source.readByte() != '\n') {
            throw BadRequest.CHUNK;
        }
        return line.toString();
    }

    private void copy(long bytes, ByteArrayOutputStream body) throws IOException {
        byte[] slice = new byte[(int) Math.min(bytes, SLICE_BYTES)];
        int count;
        for (long left = bytes; left > 0; left -= count) {
            count = source.readBytes(slice, (int) Math.min(left, slice.length));
            body.write(slice, 0, count);
        }
    }
}
