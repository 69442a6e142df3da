package dev.heddle.net;

/// A steady rate at which a number of things becomes due, until the end of a time. It has no clock:
/// the caller says what time it is. **Not thread-safe.**
final class Spread {
    private long endNanos;
    private long lastNanos;

    /// A part of one that was due at the last look.
    private double owed;

    /// @param overNanos from now until all are due
    Spread(long nowNanos, long overNanos) {
        this.lastNanos = nowNanos;
        this.endNanos = nowNanos + overNanos;
    }

    /// All are due when so much time has passed from now.
    void endIn(long nowNanos, long overNanos) {
        endNanos = nowNanos + overNanos;
    }

    /// How many of so many have become due since the last look.
    int due(int left, long nowNanos) {
        long untilEnd = endNanos - lastNanos;
        long passed = nowNanos - lastNanos;
        lastNanos = nowNanos;
        if (passed >= untilEnd) {
            return left;
        }
        owed += (double) left * passed / untilEnd;
        int due = (int) owed;
        owed -= due;
        return due;
    }

    /// How many nanoseconds are left; none when the time is over.
    long left(long nowNanos) {
        return Math.max(0, endNanos - nowNanos);
    }
}
