package dev.heddle.cli;

import java.util.Locale;

/// Numbers for people who look at a terminal: at most four digits that matter. A number that is not
/// known is NaN, for which a dash stands.
final class Figures {
    private static final String NONE = "-";
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] TIMES = {"us", "ms", "s"};
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private Figures() {}

    /// `12,345`
    static String count(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%,.0f", value);
    }

    /// `12,345`, `3.2`: per second, say.
    static String rate(double value) {
        return value > 0 && value < 9.95 ? String.format(Locale.ROOT, "%.1f", value) : count(value);
    }

    /// `1.25`: cores, say.
    static String decimal(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.2f", value);
    }

    /// `28.3 MiB`
    static String bytes(double value) {
        return Double.isNaN(value) ? NONE : scaled(value, 1024, BYTES);
    }

    /// `850 us`, `1.24 ms`, `2.10 s`
    static String seconds(double value) {
        if (Double.isInfinite(value)) {
            return "> 20 s";
        }
        return Double.isNaN(value) ? NONE : scaled(value * 1e6, 1000, TIMES);
    }

    /// `12 s`, `3 min 05 s`, `2 h 07 min`, `4 d 03 h`
    static String age(double seconds) {
        if (Double.isNaN(seconds)) {
            return NONE;
        }
        long all = (long) seconds;
        if (all >= DAY) {
            return String.format(Locale.ROOT, "%d d %02d h", all / DAY, all % DAY / HOUR);
        }
        if (all >= HOUR) {
            return String.format(Locale.ROOT, "%d h %02d min", all / HOUR, all % HOUR / MINUTE);
        }
        return all >= MINUTE
                ? String.format(Locale.ROOT, "%d min %02d s", all / MINUTE, all % MINUTE)
                : String.format(Locale.ROOT, "%d s", all);
    }

    private static String scaled(double value, int step, String[] units) {
        double left = value;
        int unit = 0;
        while (left >= step * 0.9995 && unit < units.length - 1) {
            left /= step;
            unit++;
        }
        int digits = left >= 99.95 || left == Math.rint(left) ? 0 : left >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", left, units[unit]);
    }
}
