package dev.heddle.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Masking of a client's payload (RFC 6455, section 5.3), eight bytes at a time. Pure.
public final class Masking {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Masking() {}

    /// Applies the masking key to `bytes[offset, offset + length)` in place; doing it twice gives
    /// the bytes back.
    ///
    /// @param maskingKey the key in wire order, the first byte lowest
    /// @return the key for the bytes that follow these in the same frame
    public static int apply(byte[] bytes, int offset, int length, int maskingKey) {
        long key = maskingKey & 0xFFFFFFFFL;
        key |= key << 32;
        int end = offset + length;
        int i = offset;
        for (; i <= end - 8; i += 8) {
            LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ key);
        }
        for (; i < end; i++) {
            bytes[i] ^= (byte) key;
            key = Long.rotateRight(key, 8);
        }
        return (int) key;
    }
}
