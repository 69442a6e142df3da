package dev.heddle.bench.sample;

import java.util.OptionalLong;

/// What a process used at one moment.
///
/// @param cpuMicros user and system time of all its threads since its start
/// @param rssBytes resident memory
/// @param pssBytes resident memory, with what is shared counted by its share
/// @param threads of the kernel
/// @param descriptors open file descriptors
/// @param heapUsedBytes used heap when it is a JVM that says so; garbage included
public record Reading(
        long cpuMicros,
        long rssBytes,
        long pssBytes,
        int threads,
        int descriptors,
        OptionalLong heapUsedBytes) {}
