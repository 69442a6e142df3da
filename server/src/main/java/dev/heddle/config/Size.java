package dev.heddle.config;

import java.util.Optional;
import java.util.OptionalLong;

/// A number of bytes.
record Size(long least, long most) implements Kind<Long> {

    @Override
    public Optional<Long> parse(String text) {
        OptionalLong bytes = Units.OF_SIZE.parse(text);
        return bytes.isPresent()
                ? Optional.of(bytes.getAsLong()).filter(this::takes)
                : Optional.empty();
    }

    @Override
    public boolean takes(Long value) {
        return least <= value && value <= most;
    }

    @Override
    public String expected(String text) {
        return "a size in B, KiB, MiB or GiB, from "
                + Units.OF_SIZE.format(least)
                + " to "
                + Units.OF_SIZE.format(most);
    }
}
