package dev.heddle.bench.run;

import java.util.Map;

/// Told how far a run has got, on the thread that runs it.
public interface Ticker {
    /// What tells how far a part of a run has got.
    enum Measure {
        SECONDS,
        OPEN_CONNECTIONS,
        OPS
    }

    /// Tells nobody.
    Ticker SILENT = new Ticker() {};

    /// The next part of the run has begun.
    ///
    /// @param measure what tells how far it has got
    /// @param end how much of that there will be
    default void phase(String name, Measure measure, double end) {}

    /// How many connections are open, and how many ops there have been.
    default void progress(int open, long ops) {}

    /// Why connections failed, and how often.
    default void failures(Map<String, Long> failures) {}
}
