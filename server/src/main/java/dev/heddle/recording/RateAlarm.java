package dev.heddle.recording;

/// Whether a count that only grows has grown by more than so much within the last seconds. Belongs
/// to one thread, which asks once a second.
final class RateAlarm {
    private final long[] counts;
    private final long bound;
    private int next;
    private boolean isHigh;

    /// @param seconds to look back
    /// @param bound what is still in order
    RateAlarm(int seconds, long bound) {
        this.counts = new long[seconds];
        this.bound = bound;
    }

    /// Whether it has become so just now: true once, until it has been in order again.
    boolean note(long count) {
        boolean wasHigh = isHigh;
        isHigh = count - counts[next] > bound;
        counts[next] = count;
        next = (next + 1) % counts.length;
        return isHigh && !wasHigh;
    }
}
