package dev.heddle.broker;

/// A place in the log of a channel.
///
/// @param epoch names the log; a log that was lost or forgotten is followed by one of another epoch
/// @param offset of the publication before that place: 1 for the first of its epoch, 0 where there
///   is none yet
public record Position(String epoch, long offset) {}
