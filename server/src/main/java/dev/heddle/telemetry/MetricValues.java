package dev.heddle.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes the values of metrics out of what their library shows of them. Pure.
final class MetricValues {
    private MetricValues() {}

    /// The suffix of a metric's name.
    static String suffix(DataPointSnapshot point) {
        return point instanceof CounterDataPointSnapshot ? "_total" : "";
    }

    /// The labels as in the text format.
    static String labels(Labels labels) {
        return labels.isEmpty()
                ? ""
                : labels.stream()
                        .map(label -> label.getName() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /// A number, or a [Buckets].
    static Optional<Object> value(DataPointSnapshot point) {
        return switch (point) {
            case CounterDataPointSnapshot counter -> Optional.of(counter.getValue());
            case GaugeDataPointSnapshot gauge -> Optional.of(gauge.getValue());
            case HistogramDataPointSnapshot histogram -> Optional.of(buckets(histogram));
            case SummaryDataPointSnapshot summary ->
                    Optional.of(
                            new Buckets(summary.getSum(), List.of(), List.of(summary.getCount())));
            default -> Optional.empty();
        };
    }

    private static Buckets buckets(HistogramDataPointSnapshot histogram) {
        List<Double> bounds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        histogram
                .getClassicBuckets()
                .forEach(
                        bucket -> {
                            if (Double.isFinite(bucket.getUpperBound())) {
                                bounds.add(bucket.getUpperBound());
                            }
                            counts.add(bucket.getCount());
                        });
        return new Buckets(histogram.getSum(), bounds, counts);
    }
}
