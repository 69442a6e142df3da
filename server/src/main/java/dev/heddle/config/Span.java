package dev.heddle.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// A length of time of up to a day, in whole milliseconds.
///
/// @param mayBeOff whether zero is allowed, and means never
record Span(boolean mayBeOff) implements Kind<Duration> {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(24);

    @Override
    public Optional<Duration> parse(String text) {
        OptionalLong millis = Units.OF_TIME.parse(text);
        return millis.isPresent()
                ? Optional.of(Duration.ofMillis(millis.getAsLong())).filter(this::takes)
                : Optional.empty();
    }

    @Override
    public boolean takes(Duration value) {
        return value.isZero()
                ? mayBeOff
                : value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0;
    }

    @Override
    public String expected(String text) {
        return "a duration in ms, s, m or h, from 1ms to 24h" + (mayBeOff ? ", or 0s for off" : "");
    }
}
