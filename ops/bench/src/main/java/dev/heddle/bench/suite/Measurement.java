package dev.heddle.bench.suite;

import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series.Point;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one program has measured of one server in one round. Belongs to one thread.
final class Measurement {
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, List<Point>> curves = new LinkedHashMap<>();
    private final List<Latency> latencies = new ArrayList<>();
    private long missing;
    private long dropped;

    /// Notes a figure of a result, if the server could be measured so: the floor has no heap.
    void put(String name, Result result, String figure) {
        result.figure(figure).ifPresent(value -> values.put(name, value));
    }

    /// Notes a value.
    void put(String name, double value) {
        values.put(name, value);
    }

    /// Notes what a figure was for a number of connections.
    void putAt(String name, int connections, double value) {
        curves.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Point(connections, value));
    }

    /// Notes a distribution.
    void add(Latency latency) {
        latencies.add(latency);
    }

    /// Counts what must not happen in any run.
    Result check(Result result) {
        missing += result.count("lost") + result.count("duplicated") + result.count("corrupted");
        missing += result.count("reordered");
        dropped += result.count("failed") + result.count("refused") + result.count("ended");
        return result;
    }

    Map<String, Double> values() {
        return values;
    }

    /// By name: points (connections, value).
    Map<String, List<Point>> curves() {
        return curves;
    }

    List<Latency> latencies() {
        return latencies;
    }

    /// Deliveries and echoes that did not come, or not as sent, once and in order.
    long missing() {
        return missing;
    }

    /// Connections that did not open, or ended without having been asked to.
    long dropped() {
        return dropped;
    }
}
