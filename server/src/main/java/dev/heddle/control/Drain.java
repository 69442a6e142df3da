package dev.heddle.control;

import java.time.Duration;
import java.util.Optional;

/// Has a server close its connections and end. **Thread-safe.**
public interface Drain {
    /// Begins, as a stop signal does; if it has begun, changes the pace. Returns at once.
    ///
    /// @param over from now until the last client is sent away; empty leaves it as it is
    /// @return how long it will take to send all clients away
    Duration begin(Optional<Duration> over);
}
