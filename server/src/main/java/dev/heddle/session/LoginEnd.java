package dev.heddle.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// When a login stops holding, as one number, because each of very many connections has one: the
/// milliseconds of the clock that tokens go by. Pure.
public final class LoginEnd {
    /// The end of a login that does not end by itself.
    public static final long NEVER = Long.MAX_VALUE;

    private LoginEnd() {}

    /// The end of a login at that time.
    ///
    /// @param until empty for never
    public static long epochMillis(Optional<Instant> until) {
        return until.map(LoginEnd::epochMillis).orElse(NEVER);
    }

    static long epochMillis(Instant instant) {
        return Math.clamp(instant.getEpochSecond(), 0, NEVER / 2000) * 1000
                + instant.getNano() / 1_000_000;
    }

    /// How many milliseconds are left of it; 0 when it has come.
    public static int left(long epochMillis, InstantSource clock) {
        return epochMillis == NEVER
                ? Integer.MAX_VALUE
                : Math.clamp(epochMillis - clock.millis(), 0, Integer.MAX_VALUE);
    }
}
