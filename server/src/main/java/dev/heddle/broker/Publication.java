package dev.heddle.broker;

/// A message in the log of a channel.
///
/// @param offset its place: the first of an epoch has 1, and each one more than the one before
public record Publication(long offset, Message message) {}
