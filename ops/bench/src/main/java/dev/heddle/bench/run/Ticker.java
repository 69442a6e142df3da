package dev.heddle.bench.run;

import java.util.Map;

/// Told how far a run has got, on the thread that runs it.
public interface Ticker {
    /// Tells nobody.
    Ticker SILENT = new Ticker() {};

    /// The next part of the run has begun.
    default void phase(String name) {}

    /// How many connections are open, and how many ops there have been.
    default void progress(int open, long ops) {}

    /// Why connections failed, and how often.
    default void failures(Map<String, Long> failures) {}
}
