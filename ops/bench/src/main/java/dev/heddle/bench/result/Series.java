package dev.heddle.bench.result;

import java.util.List;

/// Values over a run's time.
///
/// @param name `opsPerSecond`, `openConnections`, `serverRssBytes`, …
/// @param unit what a value is in, for an axis: `1/s`, `bytes`, `µs`, …
/// @param points in the order of time
public record Series(String name, String unit, List<Point> points) {
    /// A value at a moment.
    ///
    /// @param seconds since the start of the run
    /// @param value in the series' unit
    public record Point(double seconds, double value) {}
}
