package dev.heddle.bench.sample;

import dev.heddle.bench.result.Series;

import java.util.List;

/// Watches one process: readings on demand, and series of readings taken by a thread of its own
/// until it is closed. **Thread-safe.**
public interface ServerSampler extends AutoCloseable {
    /// Reads all at once.
    ///
    /// @throws IllegalStateException when the process is gone
    Reading read();

    /// Reads all once the garbage has been collected twice, when it is a JVM: then the heap in use
    /// is what is live. Blocks until then.
    ///
    /// @throws IllegalStateException when the process is gone or refuses
    Reading readAfterCollection();

    /// What has been sampled since the start: `serverRssBytes`, `serverCpuPercent`, … with seconds
    /// since the sampler began.
    List<Series> series();

    /// Samples no more. Does not touch the process.
    @Override
    void close();
}
