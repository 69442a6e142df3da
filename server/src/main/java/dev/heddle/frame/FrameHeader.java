package dev.heddle.frame;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A client's frame header, decoded and found to obey every rule that one header alone can obey
/// (RFC 6455, sections 5.1, 5.2 and 5.5).
///
/// @param fin whether this is the last fragment of its message
/// @param opcode what the frame carries
/// @param payloadLength bytes of payload that follow; at most 2^63 - 1, nothing allocated for it
///   yet
/// @param maskingKey the four bytes of the masking key in wire order, the first one lowest
/// @param isCompressed whether it begins a compressed message (RSV1 of RFC 7692, section 6)
public record FrameHeader(
        boolean fin, Opcode opcode, long payloadLength, int maskingKey, boolean isCompressed) {

    /// The longest header: 2 bytes, 8 of length, 4 of masking key.
    public static final int MAX_BYTES = 14;

    /// A control frame's payload has at most this many bytes (section 5.5).
    public static final int MAX_CONTROL_BYTES = 125;

    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;

    private static final int MASKING_KEY_BYTES = 4;
    private static final int FIN = 0x80;
    private static final int RSV_1 = 0x40;
    private static final int RESERVED = 0x70;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle KEY =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /// Decodes the header at the start of `bytes[from, to)`. Pure.
    ///
    /// Each rule is applied as soon as the bytes that can break it are there, so that a bad frame
    /// fails without waiting for the rest of it.
    ///
    /// @param mayCompress whether peer and server have agreed on compression
    /// @return the header, or `null` when its bytes have not all arrived
    /// @throws ProtocolViolation when the header breaks a rule
    public static @Nullable FrameHeader decode(byte[] bytes, int from, int to, boolean mayCompress)
            throws ProtocolViolation {
        if (from == to) {
            return null;
        }
        Opcode opcode = opcode(bytes[from], mayCompress);
        if (to - from < 2) {
            return null;
        }
        int second = bytes[from + 1];
        int length = second & 0x7F;
        if ((second & 0x80) == 0) {
            throw ProtocolViolation.NOT_MASKED;
        }
        if (opcode.isControl() && length > MAX_CONTROL_BYTES) {
            throw ProtocolViolation.CONTROL_TOO_LONG;
        }
        int lengthBytes = length == LENGTH_64 ? 8 : length == LENGTH_16 ? 2 : 0;
        if (to - from < 2 + lengthBytes) {
            return null;
        }
        long payloadLength = payloadLength(bytes, from + 2, length);
        int keyAt = from + 2 + lengthBytes;
        if (to - keyAt < MASKING_KEY_BYTES) {
            return null;
        }
        boolean fin = (bytes[from] & FIN) != 0;
        boolean isCompressed = (bytes[from] & RSV_1) != 0;
        return new FrameHeader(
                fin, opcode, payloadLength, (int) KEY.get(bytes, keyAt), isCompressed);
    }

    /// Applies the rules of the first byte.
    private static Opcode opcode(int first, boolean mayCompress) throws ProtocolViolation {
        Opcode opcode = Opcode.of(first & 0x0F);
        int allowed = mayCompress && opcode != null && opcode.beginsMessage() ? RSV_1 : 0;
        if ((first & RESERVED & ~allowed) != 0) {
            throw ProtocolViolation.RESERVED_BITS;
        }
        if (opcode == null) {
            throw ProtocolViolation.RESERVED_OPCODE;
        }
        if (opcode.isControl() && (first & FIN) == 0) {
            throw ProtocolViolation.CONTROL_FRAGMENTED;
        }
        return opcode;
    }

    private static long payloadLength(byte[] bytes, int at, int length) throws ProtocolViolation {
        if (length == LENGTH_16) {
            int value = (short) SHORT.get(bytes, at) & 0xFFFF;
            if (value < LENGTH_16) {
                throw ProtocolViolation.LENGTH_NOT_MINIMAL;
            }
            return value;
        }
        if (length == LENGTH_64) {
            long value = (long) LONG.get(bytes, at);
            if (value < 0) {
                throw ProtocolViolation.LENGTH_TOP_BIT;
            }
            if (value <= 0xFFFF) {
                throw ProtocolViolation.LENGTH_NOT_MINIMAL;
            }
            return value;
        }
        return length;
    }

    /// How many bytes this header takes on the wire.
    int encodedBytes() {
        int lengthBytes = payloadLength > 0xFFFF ? 8 : payloadLength >= LENGTH_16 ? 2 : 0;
        return 2 + lengthBytes + MASKING_KEY_BYTES;
    }
}
