package dev.heddle.broker.redis;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The report of a Redis about itself.
public sealed interface RedisReport {
    /// The Redis cannot be used.
    ///
    /// @param reason for people
    record Silent(String reason) implements RedisReport {}

    /// The Redis answers.
    ///
    /// @param latency half of the answers took longer
    /// @param info what `INFO` says, by name; empty if that must not be asked
    /// @param config what `CONFIG GET` says, by name; without what must not be asked
    /// @param sentinels whether each Sentinel knows the primary, by its address
    record Answered(
            Duration latency,
            Map<String, String> info,
            Map<String, String> config,
            SortedMap<String, Boolean> sentinels)
            implements RedisReport {
        public Answered {
            info = Map.copyOf(info);
            config = Map.copyOf(config);
            sentinels = Collections.unmodifiableSortedMap(new TreeMap<>(sentinels));
        }
    }
}
