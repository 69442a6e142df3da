package dev.heddle.bench.suite;

import java.util.Collection;

/// The same thing, measured in several rounds: the middle and the extremes.
///
/// @param median of an even number of rounds, the mean of the middle two
record Spread(double median, double min, double max) {
    /// Of the values of all rounds.
    ///
    /// @throws IllegalArgumentException when there are no values
    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
