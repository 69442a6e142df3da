package dev.heddle.net;

/// A token bucket whose state is one `int`, so that an idle connection pays four bytes for it: the
/// time at which the bucket will be full again. Pure. As many may be taken at once as in a second.
///
/// Times are microseconds of a clock that wraps around every 71 minutes. A state that lies further
/// ahead than any bucket can be in debt is left over from the turn of the clock before, and full.
///
/// @param microsEach what one costs; 0 where there is no limit
public record Pace(int microsEach) {
    /// A connection rests when it owes at least this much, and so not for each single one.
    static final int LEAST_REST_MICROS = 10_000;

    private static final int SECOND_MICROS = 1_000_000;

    /// The pace of so many in a second; 0 is no limit.
    static Pace of(int perSecond) {
        return new Pace(perSecond == 0 ? 0 : SECOND_MICROS / perSecond);
    }

    /// Takes one out of a bucket, into debt if need be.
    ///
    /// @param fullAt when it would have been full
    /// @return when it will be full now
    int take(int fullAt, int now) {
        int left = fullAt - now;
        boolean isFull = left < 0 || left > SECOND_MICROS + LEAST_REST_MICROS + microsEach;
        return now + (isFull ? 0 : left) + microsEach;
    }

    /// How long to rest; 0 while the debt is too small for it.
    int restMicros(int fullAt, int now) {
        int debt = fullAt - now - SECOND_MICROS;
        return debt < LEAST_REST_MICROS ? 0 : debt;
    }
}
