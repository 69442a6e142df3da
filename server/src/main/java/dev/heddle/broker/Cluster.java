package dev.heddle.broker;

/// What an engine that many nodes share knows of them. **Thread-safe.**
///
/// @param roster who is where, on all nodes together
/// @param nodes the nodes
/// @param messageIds under which something was sent, on any node
public record Cluster(Roster roster, Nodes nodes, MessageIds messageIds) {}
