package dev.heddle.session;

/// How fast something may go in the long run, and how much of it at once: a token bucket, whose
/// state is a single number, the time at which it will be full again. Pure; times are those of
/// `System.nanoTime`.
///
/// @param nanosEach what one unit costs; 0 where there is no limit
/// @param burstNanos what a full bucket is worth
public record Rate(long nanosEach, long burstNanos) {

    /// The rate of so many units in each interval.
    ///
    /// @param units how many per interval; 0 for no limit
    /// @param burst how many at once
    public static Rate of(int units, long intervalNanos, int burst) {
        long nanosEach = units == 0 ? 0 : Math.max(1, intervalNanos / units);
        return new Rate(nanosEach, nanosEach * burst);
    }

    /// Takes units out of a bucket, into debt if need be.
    ///
    /// @param fullAt when it would have been full
    /// @return when it will be full now
    public long take(long fullAt, int units, long now) {
        return Math.max(fullAt - now, 0) + now + units * nanosEach;
    }

    /// How long to wait until a bucket is out of debt; 0 or less when it is in none.
    public long waitNanos(long fullAt, long now) {
        return fullAt - now - burstNanos;
    }
}
