package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Loop;
import dev.heddle.bench.engine.Tally;

/// What a job works with, all of it its worker's own.
///
/// @param completed told of each broadcast that all receivers of this worker have
public record Site(Loop loop, Tally tally, Recorder recorder, Share share, Completions completed) {
    /// Told of broadcasts that have come everywhere.
    public interface Completions {
        /// All receivers of this worker have the broadcast of that number, and all before it.
        ///
        /// @param nanos when the last one got it
        void completed(int number, long nanos);
    }
}
