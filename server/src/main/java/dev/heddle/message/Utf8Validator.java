package dev.heddle.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Validates UTF-8 (RFC 3629) in pieces: no overlong forms, no surrogates, nothing above U+10FFFF.
///
/// An invalid sequence is found at its first wrong byte. Not thread-safe; allocates nothing.
public final class Utf8Validator {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    /// Continuation bytes that the current code point still needs.
    private int missing;

    /// The range that the next continuation byte must be in; narrower for a second byte whose first
    /// would otherwise allow an overlong form, a surrogate or too large a code point.
    private int lowest;

    private int highest;

    /// Takes the next bytes of a text.
    ///
    /// @return whether all that was taken so far can be the start of a valid text
    public boolean accept(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (missing == 0 && i <= end - 8 && ((long) LONG.get(bytes, i) & NOT_ASCII) == 0) {
                i += 8;
            } else if (!accept(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the text may end here: not inside a code point.
    public boolean isComplete() {
        return missing == 0;
    }

    private boolean accept(int value) {
        if (missing == 0) {
            return value < 0x80 || begin(value);
        }
        boolean valid = value >= lowest && value <= highest;
        lowest = 0x80;
        highest = 0xBF;
        missing--;
        return valid;
    }

    private boolean begin(int value) {
        if (value < 0xC2 || value > 0xF4) {
            return false;
        }
        missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
        lowest = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
        highest = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
        return true;
    }
}
