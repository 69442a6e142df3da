package dev.heddle.bench.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one run of one scenario has found.
///
/// @param scenario `connect`, `echo`, `broadcast`, `churn`, `storm`, …
/// @param parameters what the run was asked for: names and numbers, texts or booleans
/// @param environment the machine and the software that ran it
/// @param started when it began
/// @param seconds how long it took, connecting and closing included
/// @param figures what was measured, by names with units
/// @param latencies distributions of times
/// @param series values over the run's time
/// @param counts how often something happened
public record Result(
        String scenario,
        Map<String, Object> parameters,
        Environment environment,
        Instant started,
        double seconds,
        Map<String, Double> figures,
        List<Latency> latencies,
        List<Series> series,
        Map<String, Long> counts) {

    /// The figure of that name; empty when the run did not measure it.
    public Optional<Double> figure(String name) {
        return Optional.ofNullable(figures.get(name));
    }

    /// The count of that name: 0 when it never happened.
    public long count(String name) {
        return counts.getOrDefault(name, 0L);
    }
}
