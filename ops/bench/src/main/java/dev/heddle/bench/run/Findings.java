package dev.heddle.bench.run;

import dev.heddle.bench.result.Encoding;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.scenario.Recorder;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What all workers have found together.
///
/// @param counts by name
/// @param earliest when something first happened anywhere, by name
/// @param latest when something last happened anywhere, by name
/// @param cpuNanos of all workers, by name
/// @param histograms by name
/// @param failures why connections failed, and how often
record Findings(
        Map<String, Long> counts,
        Map<String, Long> earliest,
        Map<String, Long> latest,
        Map<String, Long> cpuNanos,
        Map<String, Histogram> histograms,
        Map<String, Long> failures) {

    static Findings of(List<Message.Report> reports) {
        Findings all =
                new Findings(
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>());
        reports.forEach(all::add);
        return all;
    }

    /// How often that was counted.
    long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /// Seconds between the first time one thing happened and the last time the other did; 0 when
    /// either did not.
    double seconds(String first, String last) {
        Long begun = earliest.get(first);
        Long ended = latest.get(last);
        return begun == null || ended == null ? 0 : Math.max(0, (ended - begun) / 1e9);
    }

    /// The distributions that hold anything.
    List<Latency> latencies() {
        return histograms.entrySet().stream()
                .filter(entry -> entry.getValue().getTotalCount() > 0)
                .map(entry -> Latency.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void add(Message.Report report) {
        report.counts().forEach((name, count) -> counts.merge(name, count, Long::sum));
        report.earliest().forEach((name, nanos) -> earliest.merge(name, nanos, Math::min));
        report.latest().forEach((name, nanos) -> latest.merge(name, nanos, Math::max));
        report.cpuNanos().forEach((name, nanos) -> cpuNanos.merge(name, nanos, Long::sum));
        report.failures().forEach((why, times) -> failures.merge(why, times, Long::sum));
        report.histograms()
                .forEach(
                        (name, text) ->
                                histograms
                                        .computeIfAbsent(name, _ -> Recorder.newHistogram())
                                        .add(Encoding.decode(text)));
    }
}
