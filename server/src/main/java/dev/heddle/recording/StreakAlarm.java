package dev.heddle.recording;

/// Whether a count that only grows has grown in each of the last seconds. Belongs to one thread,
/// which asks once a second.
final class StreakAlarm {
    private final int seconds;
    private long last;
    private int grown;

    /// @param seconds after which it matters
    StreakAlarm(int seconds) {
        this.seconds = seconds;
    }

    /// Whether it has become so just now: true once, until a second has passed without.
    boolean note(long count) {
        grown = count > last ? grown + 1 : 0;
        last = count;
        return grown == seconds;
    }
}
