package dev.heddle.config;

import java.time.Duration;
import java.util.Optional;

/// The time over which clients are sent away, as an operator says it for one drain. Pure.
public final class DrainTime {
    /// What it takes, as the end of a sentence.
    public static final String TAKEN = "a duration such as 60s, from 0s to 24h";

    private static final Duration MAX = Duration.ofHours(24);

    private DrainTime() {}

    /// Reads it; empty if it is none, or too long.
    public static Optional<Duration> parse(String text) {
        return Units.OF_TIME
                .parse(text)
                .filter(millis -> millis <= MAX.toMillis())
                .map(Duration::ofMillis);
    }
}
