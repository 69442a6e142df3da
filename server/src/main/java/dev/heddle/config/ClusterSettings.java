package dev.heddle.config;

import java.time.Duration;

/// The settings that make many nodes one system.
///
/// @param node the name of this one; empty for a random one
/// @param lease how long a silent node counts as alive
/// @param durable whether that engine never loses what it has acknowledged, whatever fails
/// @param ws whether `/ws` spans all nodes
/// @param redis the engine that they share, if there is one: otherwise this node is alone
public record ClusterSettings(
        String node, Duration lease, boolean durable, boolean ws, RedisSettings redis) {

    /// Whether `/ws` spans all nodes, of which there may be several.
    public boolean spansWs() {
        return ws && redis.isSet();
    }

    static ClusterSettings of(Values values) {
        return new ClusterSettings(
                values.get(ClusterRows.NODE),
                values.get(ClusterRows.LEASE),
                values.get(ClusterRows.DURABLE),
                values.get(ClusterRows.WS),
                RedisSettings.of(values));
    }
}
