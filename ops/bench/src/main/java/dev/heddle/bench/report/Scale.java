package dev.heddle.bench.report;

import java.util.Locale;

/// In what a value is written, so that its number is neither long nor tiny: 41,943,040 bytes as 40
/// MiB.
///
/// @param divisor what one of `label` is in the values' own unit
/// @param label `MiB`, `ms`, `thousand per second`; empty for a bare number
public record Scale(double divisor, String label) {
    private static final double KIB = 1024;
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;
    private static final double MINUTE = 60;

    /// The scale that suits values of up to `max`.
    ///
    /// @param unit as in a series: `bytes`, `µs`, `s`, `1/s`, `%`, or any noun
    static Scale of(String unit, double max) {
        return switch (unit) {
            case "bytes" -> bytes(max);
            case "µs" -> micros(max);
            case "s" -> max >= 5 * MINUTE ? new Scale(MINUTE, "min") : new Scale(1, "s");
            case "%", "" -> new Scale(1, unit);
            case "1/s" -> counted(max, "per second");
            default -> counted(max, unit);
        };
    }

    /// A single value with its unit: `1.5 KiB`, `212 µs`, `15,000`.
    public static String text(double value, String unit) {
        boolean isCount = !unit.equals("bytes") && !unit.equals("µs") && !unit.equals("s");
        Scale scale = isCount ? new Scale(1, unit) : of(unit, Math.abs(value));
        String label =
                switch (scale.label) {
                    case "", "%" -> scale.label;
                    case "1/s" -> " /s";
                    default -> " " + scale.label;
                };
        return number(value / scale.divisor) + label;
    }

    /// How many: `15,000`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// Three significant digits, or all of a whole number's.
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        if (size > 0 && size < 0.1) {
            decimals = 3;
        }
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static Scale bytes(double max) {
        if (max >= 2 * KIB * KIB * KIB) {
            return new Scale(KIB * KIB * KIB, "GiB");
        }
        if (max >= KIB * KIB) {
            return new Scale(KIB * KIB, "MiB");
        }
        return max >= 4 * KIB ? new Scale(KIB, "KiB") : new Scale(1, "B");
    }

    private static Scale micros(double max) {
        if (max >= MILLION) {
            return new Scale(MILLION, "s");
        }
        return max >= THOUSAND ? new Scale(THOUSAND, "ms") : new Scale(1, "µs");
    }

    private static Scale counted(double max, String what) {
        if (max >= 2 * MILLION) {
            return new Scale(MILLION, "million " + what);
        }
        return max >= 20 * THOUSAND ? new Scale(THOUSAND, "thousand " + what) : new Scale(1, what);
    }
}
