package dev.heddle.broker;

/// What an engine that many nodes share knows of them. **Thread-safe.**
///
/// @param roster who is where, on all nodes together
/// @param nodes the nodes
public record Cluster(Roster roster, Nodes nodes) {}
