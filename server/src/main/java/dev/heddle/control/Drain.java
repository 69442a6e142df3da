package dev.heddle.control;

import java.time.Duration;
import java.util.Optional;

/// Has a server close its connections and end. **Thread-safe.**
public interface Drain {
    /// Sets the pace, also of a drain that has begun. Returns at once.
    ///
    /// @param over from now until the last connection is closed; empty leaves it as it is
    /// @return how long it takes to close all connections
    Duration pace(Optional<Duration> over);

    /// Begins, as a stop signal does, unless it has begun. Returns at once.
    void begin();
}
