package dev.heddle.doctor;

import java.util.Locale;

/// Numbers as people read them.
final class Amount {
    static final long KIB = 1 << 10;
    static final long MIB = 1 << 20;
    static final long GIB = 1 << 30;

    private Amount() {}

    /// Such as `1,048,576`; what no machine reaches is `unlimited`.
    static String count(long number) {
        return isUnlimited(number) ? "unlimited" : String.format(Locale.ROOT, "%,d", number);
    }

    /// Such as `23.5 GiB`.
    static String bytes(long bytes) {
        if (bytes >= GIB) {
            return tenths(bytes, GIB, "GiB");
        }
        return bytes >= MIB ? tenths(bytes, MIB, "MiB") : tenths(bytes, KIB, "KiB");
    }

    /// Whether a limit is none: the kernel writes numbers close to the largest there is.
    static boolean isUnlimited(long number) {
        return number >= Long.MAX_VALUE / 2;
    }

    /// The least multiple of a step that is not less.
    static long roundUp(long number, long step) {
        return (number + step - 1) / step * step;
    }

    private static String tenths(long bytes, long unit, String name) {
        return String.format(Locale.ROOT, "%.1f %s", (double) bytes / unit, name)
                .replace(".0 ", " ");
    }
}
