package dev.heddle.broker;

/// An engine's knowledge of the nodes that share it. **Thread-safe.**
///
/// @param roster which user is where, on all nodes together
/// @param nodes the nodes
/// @param messageIds under which something was sent, on any node
public record Cluster(Roster roster, Nodes nodes, MessageIds messageIds) {}
