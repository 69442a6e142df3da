package dev.heddle.config;

/// What makes many nodes one system.
///
/// @param node the name of this one; empty for a random one
/// @param redis the engine that they share, if there is one: otherwise this node is alone
public record ClusterSettings(String node, RedisSettings redis) {

    static ClusterSettings of(Values values) {
        return new ClusterSettings(values.get(ClusterRows.NODE), RedisSettings.of(values));
    }
}
