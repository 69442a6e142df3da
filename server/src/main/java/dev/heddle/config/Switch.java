package dev.heddle.config;

import java.util.Optional;

/// On or off.
record Switch() implements Kind<Boolean> {

    @Override
    public Optional<Boolean> parse(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    @Override
    public boolean takes(Boolean value) {
        return true;
    }

    @Override
    public String expected(String text) {
        return "true or false";
    }
}
