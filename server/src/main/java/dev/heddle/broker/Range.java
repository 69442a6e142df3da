package dev.heddle.broker;

/// The part of a history that is asked for.
public sealed interface Range {

    /// The publications after a position.
    ///
    /// @param limit publications at most, the oldest of them
    record After(Position since, int limit) implements Range {}

    /// The newest.
    ///
    /// @param limit publications at most
    record Newest(int limit) implements Range {}
}
