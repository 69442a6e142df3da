package dev.heddle.doctor;

/// What to write, and where.
///
/// @param line exactly so
/// @param where the file, or the command, that it belongs to
record Change(String line, String where) {}
