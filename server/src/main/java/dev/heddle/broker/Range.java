package dev.heddle.broker;

/// What part of a history is asked for.
public sealed interface Range {

    /// What came after a position.
    ///
    /// @param limit publications at most, the oldest of them
    record After(Position since, int limit) implements Range {}

    /// The newest.
    ///
    /// @param limit publications at most
    record Newest(int limit) implements Range {}
}
