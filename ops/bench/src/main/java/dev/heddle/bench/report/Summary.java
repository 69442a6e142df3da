package dev.heddle.bench.report;

import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;

import java.util.Locale;
import java.util.Map;

/// A result as text for a terminal.
public final class Summary {
    private Summary() {}

    public static String of(Result result) {
        StringBuilder text = new StringBuilder();
        text.append("%s %s%n".formatted(result.scenario(), result.parameters().get("url")));
        for (Map.Entry<String, Double> figure : result.figures().entrySet()) {
            text.append(
                    String.format(
                            Locale.ROOT, "  %-34s %,.2f%n", figure.getKey(), figure.getValue()));
        }
        if (!result.latencies().isEmpty()) {
            text.append(
                    "  %-14s%10s%12s%12s%12s%12s%n"
                            .formatted("µs", "count", "p50", "p99", "p99.9", "max"));
        }
        for (Latency latency : result.latencies()) {
            text.append(
                    "  %-14s%,10d%s%n"
                            .formatted(latency.name(), latency.count(), percentiles(latency)));
        }
        for (Map.Entry<String, Long> count : result.counts().entrySet()) {
            text.append("  %-34s %,d%n".formatted(count.getKey(), count.getValue()));
        }
        return text.toString();
    }

    private static String percentiles(Latency latency) {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"p50", "p99", "p99.9", "max"}) {
            double micros = latency.percentiles().getOrDefault(name, 0.0);
            text.append(String.format(Locale.ROOT, "%,12.1f", micros));
        }
        return text.toString();
    }
}
