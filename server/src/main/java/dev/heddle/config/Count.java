package dev.heddle.config;

import java.util.Optional;
import java.util.regex.Pattern;

/// A whole number.
record Count(int least, int most) implements Kind<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    @Override
    public Optional<Integer> parse(String text) {
        return DIGITS.matcher(text).matches()
                ? Optional.of(Integer.valueOf(text)).filter(this::takes)
                : Optional.empty();
    }

    @Override
    public boolean takes(Integer value) {
        return least <= value && value <= most;
    }

    @Override
    public String expected(String text) {
        return "a whole number from " + least + " to " + most;
    }
}
