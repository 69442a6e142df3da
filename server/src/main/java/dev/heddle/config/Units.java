package dev.heddle.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Quantities as text: a whole number and its unit, such as `64KiB` or `25s`.
///
/// @param units largest first; one with an empty name lets a number stand alone
public record Units(List<Unit> units) {
    static final Units OF_SIZE =
            new Units(
                    List.of(
                            new Unit("GiB", 1 << 30),
                            new Unit("MiB", 1 << 20),
                            new Unit("KiB", 1 << 10),
                            new Unit("B", 1),
                            new Unit("", 1)));

    /// In milliseconds.
    public static final Units OF_TIME =
            new Units(
                    List.of(
                            new Unit("h", 3_600_000),
                            new Unit("m", 60_000),
                            new Unit("s", 1_000),
                            new Unit("ms", 1)));

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");

    /// One unit.
    ///
    /// @param factor how many of the smallest unit one of this unit is
    public record Unit(String name, long factor) {}

    /// The quantity in the smallest unit; empty if the text is none, or is too large for a `long`.
    public Optional<Long> parse(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(quantity.group(1));
        return units.stream()
                .filter(unit -> unit.name().equals(quantity.group(2)))
                .filter(unit -> number <= Long.MAX_VALUE / unit.factor())
                .map(unit -> number * unit.factor())
                .findFirst();
    }

    /// The quantity in the largest unit that expresses it as a whole number other than zero.
    String format(long quantity) {
        return units.stream()
                .filter(unit -> quantity >= unit.factor() && quantity % unit.factor() == 0)
                .findFirst()
                .map(unit -> quantity / unit.factor() + unit.name())
                .orElseGet(() -> Long.toString(quantity));
    }
}
