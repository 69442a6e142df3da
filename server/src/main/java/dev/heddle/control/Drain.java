package dev.heddle.control;

import java.time.Duration;
import java.util.Optional;

/// Has a server close its connections and end. **Thread-safe.**
public interface Drain {
    /// Begins, as a stop signal does, unless it has begun. Returns at once.
    ///
    /// @param over from now until the last connection is closed, also of a drain that has begun;
    ///   empty leaves that time as it is
    /// @return how long it takes to close all connections
    Duration begin(Optional<Duration> over);
}
