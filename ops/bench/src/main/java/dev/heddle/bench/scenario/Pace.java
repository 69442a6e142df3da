package dev.heddle.bench.scenario;

/// When things are due that happen at a rate.
final class Pace {
    private final double periodNanos;
    private long startNanos;
    private long count;

    /// @param perSecond 0 when everything is due at once
    Pace(double perSecond) {
        this.periodNanos = perSecond <= 0 ? 0 : 1e9 / perSecond;
    }

    void begin(long now) {
        startNanos = now;
    }

    /// When the next is due.
    long dueNanos() {
        return startNanos + (long) (count * periodNanos);
    }

    boolean isDue(long now) {
        return dueNanos() - now <= 0;
    }

    void next() {
        count++;
    }

    /// How many have been.
    long count() {
        return count;
    }
}
