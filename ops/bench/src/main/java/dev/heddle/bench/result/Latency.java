package dev.heddle.bench.result;

import org.HdrHistogram.Histogram;

import java.util.Map;
import java.util.TreeMap;

/// A distribution of times.
///
/// @param name `handshake`, `echo`, `delivery`, …
/// @param count how many times were recorded, those added for coordinated omission included
/// @param percentiles microseconds by `p50`, `p90`, `p99`, `p99.9`, `p99.99`, `max`, `mean`
/// @param histogram all of it, in nanoseconds: HdrHistogram's compressed encoding, as Base64
public record Latency(String name, long count, Map<String, Double> percentiles, String histogram) {
    private static final double[] QUANTILES = {50, 90, 99, 99.9, 99.99};
    private static final double NANOS_PER_MICRO = 1000;

    /// The distribution in a histogram of nanoseconds.
    public static Latency of(String name, Histogram nanos) {
        Map<String, Double> percentiles = new TreeMap<>();
        for (double quantile : QUANTILES) {
            String key = "p" + (quantile % 1 == 0 ? Integer.toString((int) quantile) : quantile);
            percentiles.put(key, nanos.getValueAtPercentile(quantile) / NANOS_PER_MICRO);
        }
        percentiles.put("max", nanos.getMaxValue() / NANOS_PER_MICRO);
        percentiles.put("mean", nanos.getMean() / NANOS_PER_MICRO);
        return new Latency(name, nanos.getTotalCount(), percentiles, Encoding.encode(nanos));
    }

    /// The whole distribution, in nanoseconds.
    ///
    /// @throws IllegalArgumentException when the text is not an encoded histogram
    public Histogram decode() {
        return Encoding.decode(histogram);
    }
}
