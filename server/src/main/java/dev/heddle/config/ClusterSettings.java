package dev.heddle.config;

import java.time.Duration;

/// What makes many nodes one system.
///
/// @param node the name of this one; empty for a random one
/// @param lease how long a node counts as alive that says nothing
/// @param redis the engine that they share, if there is one: otherwise this node is alone
public record ClusterSettings(String node, Duration lease, RedisSettings redis) {

    static ClusterSettings of(Values values) {
        return new ClusterSettings(
                values.get(ClusterRows.NODE),
                values.get(ClusterRows.LEASE),
                RedisSettings.of(values));
    }
}
