package dev.heddle.frame;

import java.nio.charset.StandardCharsets;

/// A server's frame as it goes on the wire: header and payload in one array, unmasked (RFC 6455,
/// section 5.2). An outbox may send a long one as fragments, which share its payload.
///
/// **Immutable**, so that one frame is encoded once and shared by all its receivers.
public final class EncodedFrame {
    /// A Close frame's reason has at most this many bytes: 125 less the code.
    private static final int MAX_REASON_BYTES = FrameHeader.MAX_CONTROL_BYTES - 2;

    private static final int FIN = 0x80;
    private static final int RSV_1 = 0x40;

    private static final byte[] NOTHING = {};

    private final byte[] bytes;
    private final int receivers;

    private EncodedFrame(byte[] bytes, int receivers) {
        this.bytes = bytes;
        this.receivers = receivers;
    }

    /// The same frame, for so many receivers that share its bytes.
    public EncodedFrame sharedBy(int all) {
        return all <= 1 ? this : new EncodedFrame(bytes, all);
    }

    /// How many receivers share its bytes, about; at least 1.
    public int receivers() {
        return receivers;
    }

    /// A text message; the bytes are UTF-8 that somebody has validated, and are copied.
    public static EncodedFrame text(byte[] payload, int offset, int length) {
        return encode(Opcode.TEXT, payload, offset, length);
    }

    /// A text message.
    public static EncodedFrame text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return encode(Opcode.TEXT, payload, 0, payload.length);
    }

    /// A binary message; the bytes are copied.
    public static EncodedFrame binary(byte[] payload, int offset, int length) {
        return encode(Opcode.BINARY, payload, offset, length);
    }

    /// A ping without payload.
    public static EncodedFrame ping() {
        return encode(Opcode.PING, NOTHING, 0, 0);
    }

    /// The answer to a ping: a pong with the ping's payload.
    public static EncodedFrame pong(byte[] payload) {
        return encode(Opcode.PONG, payload, 0, payload.length);
    }

    /// A Close frame.
    ///
    /// @param code a code that may be sent, or [CloseCode#NO_STATUS_RECEIVED] for an empty frame
    /// @param reason at most 123 bytes of UTF-8
    public static EncodedFrame close(int code, String reason) {
        if (code == CloseCode.NO_STATUS_RECEIVED) {
            return encode(Opcode.CLOSE, NOTHING, 0, 0);
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        if (!CloseCode.mayBeSent(code) || text.length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("no Close frame can carry " + code + " " + reason);
        }
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return encode(Opcode.CLOSE, payload, 0, payload.length);
    }

    private static EncodedFrame encode(Opcode opcode, byte[] payload, int offset, int length) {
        return new EncodedFrame(bytes(FIN | opcode.value(), payload, offset, length), 1);
    }

    private static byte[] bytes(int first, byte[] payload, int offset, int length) {
        byte[] bytes = new byte[Math.addExact(2 + lengthBytes(length), length)];
        int at = putHeader(bytes, first, length);
        System.arraycopy(payload, offset, bytes, at, length);
        return bytes;
    }

    /// The same message, compressed (RFC 7692, section 6.1); the bytes are copied.
    ///
    /// @param payload begins with what it was compressed to
    public EncodedFrame compressed(byte[] payload, int length) {
        return new EncodedFrame(bytes(bytes[0] | RSV_1, payload, 0, length), receivers);
    }

    /// Whether the payload is compressed.
    public boolean isCompressed() {
        return (bytes[0] & RSV_1) != 0;
    }

    private static int lengthBytes(int length) {
        return length > 0xFFFF ? 8 : length >= FrameHeader.LENGTH_16 ? 2 : 0;
    }

    /// @return how many bytes the header takes
    private static int putHeader(byte[] into, int first, int length) {
        int lengthBytes = lengthBytes(length);
        into[0] = (byte) first;
        into[1] =
                (byte)
                        switch (lengthBytes) {
                            case 8 -> FrameHeader.LENGTH_64;
                            case 2 -> FrameHeader.LENGTH_16;
                            default -> length;
                        };
        for (int i = 0; i < lengthBytes; i++) {
            into[1 + lengthBytes - i] = (byte) ((long) length >> 8 * i);
        }
        return 2 + lengthBytes;
    }

    /// How many bytes the payload has.
    public int payloadLength() {
        return bytes.length - payloadStart();
    }

    /// Where the payload begins in [#bytes].
    public int payloadStart() {
        return switch (bytes[1]) {
            case FrameHeader.LENGTH_64 -> 10;
            case FrameHeader.LENGTH_16 -> 4;
            default -> 2;
        };
    }

    /// Makes the header of a fragment of this message (RFC 6455, section 5.4).
    ///
    /// @param into gets the header, at its beginning
    /// @param from where the fragment begins in the payload
    /// @param length of the fragment
    /// @return how many bytes the header takes
    public int putFragmentHeader(byte[] into, int from, int length) {
        int opcode = from == 0 ? bytes[0] & ~FIN : Opcode.CONTINUATION.value();
        boolean isLast = from + length == payloadLength();
        return putHeader(into, isLast ? opcode | FIN : opcode, length);
    }

    /// How many bytes the frame takes on the wire.
    public int length() {
        return bytes.length;
    }

    /// Copies the whole frame to `into`, from `offset` on.
    public void copyTo(byte[] into, int offset) {
        System.arraycopy(bytes, 0, into, offset, bytes.length);
    }

    /// The frame itself, for the write loop: **to be read only**.
    public byte[] bytes() {
        return bytes;
    }
}
