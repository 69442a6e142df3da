package dev.heddle.telemetry;

import java.util.List;

/// A histogram.
///
/// @param sum of all values
/// @param bounds the upper ones of the buckets, the last one of which has none
/// @param counts values in each bucket
public record Buckets(double sum, List<Double> bounds, List<Long> counts) {}
