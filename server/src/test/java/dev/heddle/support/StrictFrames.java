package dev.heddle.support;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Frames from a server, read by the letter of RFC 6455 section 5.
final class StrictFrames {
    private static final int MAX_PAYLOAD = 64 << 20;
    private static final int MAX_CONTROL_PAYLOAD = 125;

    private StrictFrames() {}

    /// Reads one frame: unmasked, no reserved bits, a known opcode, the shortest length form; a
    /// control frame final and of at most 125 bytes; an unfragmented text and a close reason in
    /// UTF-8. Empty when the stream ends instead.
    ///
    /// @param mayCompress whether the first reserved bit may be set, which says that it is
    ///   compressed
    static Optional<RawFrame> read(TimedInput in, boolean mayCompress) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int second = in.readByte() & 0xff;
        if (second > 127) {
            throw new ProtocolException("a server must not mask");
        }
        int length = second < 126 ? second : readLength(in, second == 126 ? 2 : 8);
        RawFrame frame = RawFrame.of(first & 15, in.readBytes(length)).rsv(first >> 4 & 7);
        frame = first < 128 ? frame.unfinished() : frame;
        requireValid(frame, mayCompress);
        return Optional.of(frame);
    }

    private static int readLength(TimedInput in, int bytes) throws IOException {
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (in.readByte() & 0xff);
        }
        if (length >= 0 && length <= (bytes == 2 ? 125 : 0xffff)) {
            throw new ProtocolException("length " + length + " in " + bytes + " bytes");
        }
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new ProtocolException("length " + Long.toUnsignedString(length));
        }
        return (int) length;
    }

    /// Insists that it is as a server's frames must be.
    static void requireValid(RawFrame frame, boolean mayCompress) throws IOException {
        boolean control = frame.opcode() >= RawFrame.CLOSE;
        int length = frame.payload().length;
        boolean isFirst = frame.opcode() == RawFrame.TEXT || frame.opcode() == RawFrame.BINARY;
        boolean isCompressed = mayCompress && isFirst && frame.reservedBits() == 4;
        if (frame.opcode() > (control ? RawFrame.PONG : RawFrame.BINARY)
                || (frame.reservedBits() != 0 && !isCompressed)
                || (control && (!frame.fin() || length > MAX_CONTROL_PAYLOAD))
                || (frame.opcode() == RawFrame.CLOSE && length == 1)) {
            throw new ProtocolException("no server may send " + frame);
        }
        if (frame.opcode() == RawFrame.CLOSE && length > 2) {
            requireText(ByteBuffer.wrap(frame.payload(), 2, length - 2));
        } else if (frame.opcode() == RawFrame.TEXT && frame.fin() && !isCompressed) {
            requireText(ByteBuffer.wrap(frame.payload()));
        }
    }

    private static void requireText(ByteBuffer bytes) throws CharacterCodingException {
        StandardCharsets.UTF_8.newDecoder().decode(bytes);
    }
}
