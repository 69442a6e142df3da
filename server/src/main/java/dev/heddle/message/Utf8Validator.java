package dev.heddle.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Validates UTF-8 (RFC 3629) in pieces: no overlong forms, no surrogates, nothing above U+10FFFF.
///
/// An invalid sequence is found at its first wrong byte. Not thread-safe; allocates nothing.
public final class Utf8Validator {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
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
            int whole = missing == 0 ? wholeAt(bytes, i, end) : 0;
            if (whole > 0) {
                i += whole;
            } else if (!accept(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /// How many bytes from `at` on are whole code points without doubt: those of all ASCII before
    /// the next other byte, or those of one other code point; 0 where one is cut off or wrong.
    private static int wholeAt(byte[] bytes, int at, int end) {
        int first = bytes[at];
        if (first >= 0) {
            return asciiFrom(bytes, at, end) - at;
        }
        int left = end - at;
        if (first < (byte) 0xE0) {
            return left >= 2 && first >= (byte) 0xC2 && isNext(bytes[at + 1]) ? 2 : 0;
        }
        if (left < 3 || !isNext(bytes[at + 1]) || !isNext(bytes[at + 2])) {
            return 0;
        }
        int high = (first & 0x0F) << 6 | bytes[at + 1] & 0x3F;
        if (first < (byte) 0xF0) {
            return high >= 0x800 >> 6 && high >> 5 != 0xD800 >> 11 ? 3 : 0;
        }
        boolean isInRange = high >= 0x10000 >> 12 && high <= 0x10FFFF >> 12;
        return isInRange && left >= 4 && isNext(bytes[at + 3]) ? 4 : 0;
    }

    private static boolean isNext(byte value) {
        return value < (byte) 0xC0;
    }

    /// Where the next byte is that is not ASCII.
    private static int asciiFrom(byte[] bytes, int from, int end) {
        int i = from;
        for (; i <= end - 8; i += 8) {
            long others = (long) LONG.get(bytes, i) & NOT_ASCII;
            if (others != 0) {
                return i + (Long.numberOfTrailingZeros(others) >> 3);
            }
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
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
