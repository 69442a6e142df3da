package dev.heddle.bench.engine;

/// What numbers a run can be asked for. Pure.
public final class Bounds {
    /// The longest time, in seconds: a week.
    public static final double SECONDS = 604_800;

    /// The most connections, or things at once.
    public static final double MANY = 1_000_000;

    private Bounds() {}

    /// Refuses what is not between the two, or not a number.
    ///
    /// @param option the name it has on the command line
    /// @throws IllegalArgumentException with a text for who gave the number
    public static void check(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s must be between %s and %s".formatted(option, text(least), text(most)));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
