package dev.heddle.doctor;

/// A line to write, and the file for it.
///
/// @param line exactly so
/// @param where the file, or the command, that it belongs to
record Change(String line, String where) {}
