package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.ToDoubleFunction;

/// The metrics of the last minute, and what can be computed from two of them. A number that is not
/// known is NaN. **For one thread.**
final class LiveSamples {
    private static final double KEPT_SECONDS = 61;
    private static final double QUANTILE_SECONDS = 10;
    private static final String STARTED = "process_start_time_seconds";

    private final Deque<Sample> all = new ArrayDeque<>();

    private record Sample(double time, JsonNode values) {
        double number(String name) {
            return values.path(name).asDouble(Double.NaN);
        }
    }

    /// Adds a server's sample. Samples of an earlier process are forgotten.
    ///
    /// @param time in seconds, by the server's clock
    void add(double time, JsonNode values) {
        Sample sample = new Sample(time, values);
        Sample newest = all.peekLast();
        if (newest != null
                && (newest.number(STARTED) != sample.number(STARTED) || time <= newest.time())) {
            all.clear();
        }
        all.addLast(sample);
        while (all.getFirst().time() <= time - KEPT_SECONDS) {
            all.removeFirst();
        }
    }

    /// How many there are.
    int size() {
        return all.size();
    }

    /// For how long the server has run, in seconds.
    double upSeconds() {
        return all.isEmpty() ? Double.NaN : all.getLast().time() - now(STARTED);
    }

    /// The newest value of a gauge or a counter.
    double now(String name) {
        return all.isEmpty() ? Double.NaN : all.getLast().number(name);
    }

    /// By how much a counter has grown per second, over the last second.
    double rate(String name) {
        return perSecond(1, sample -> sample.number(name));
    }

    /// How many values a histogram has counted per second.
    double countRate(String name) {
        return perSecond(1, sample -> sum(sample.values().path(name).path("counts")));
    }

    /// By how much the sums of all histograms of a name, whatever their labels, have grown per
    /// second, over the last ten.
    double sumRate(String name) {
        return perSecond(
                QUANTILE_SECONDS,
                sample ->
                        sample.values().properties().stream()
                                .filter(field -> field.getKey().startsWith(name + "{"))
                                .mapToDouble(field -> field.getValue().path("sum").asDouble())
                                .sum());
    }

    /// By how much a counter has grown, for as long as is known, a minute at most.
    double growth(String name) {
        return all.isEmpty() ? Double.NaN : now(name) - all.getFirst().number(name);
    }

    /// The value below which a share of what a histogram has counted in the last ten seconds lies;
    /// infinite if it lies beyond the last bound.
    double quantile(double share, String name) {
        Sample before = back(QUANTILE_SECONDS);
        if (before == null) {
            return Double.NaN;
        }
        JsonNode now = all.getLast().values().path(name);
        JsonNode then = before.values().path(name);
        int buckets = now.path("counts").size();
        double[] counts = new double[buckets];
        double all = 0;
        for (int i = 0; i < buckets; i++) {
            counts[i] =
                    now.path("counts").path(i).asDouble() - then.path("counts").path(i).asDouble();
            all += counts[i];
        }
        return all == 0 ? Double.NaN : interpolated(share * all, now.path("bounds"), counts);
    }

    private static double interpolated(double rank, JsonNode bounds, double[] counts) {
        double left = rank;
        for (int i = 0; i < bounds.size(); i++) {
            if (counts[i] > 0 && left <= counts[i]) {
                double lower = i == 0 ? 0 : bounds.path(i - 1).asDouble();
                return lower + (bounds.path(i).asDouble() - lower) * (left / counts[i]);
            }
            left -= counts[i];
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double sum(JsonNode numbers) {
        double sum = numbers.isArray() ? 0 : Double.NaN;
        for (JsonNode each : numbers) {
            sum += each.asDouble();
        }
        return sum;
    }

    private double perSecond(double seconds, ToDoubleFunction<Sample> value) {
        Sample before = back(seconds);
        if (before == null) {
            return Double.NaN;
        }
        Sample now = all.getLast();
        double then = value.applyAsDouble(before);
        double grown = value.applyAsDouble(now) - (Double.isNaN(then) ? 0 : then);
        return Math.max(0, grown / (now.time() - before.time()));
    }

    /// The newest of those that are so old, or the oldest there is; none if that is the only one.
    private @Nullable Sample back(double seconds) {
        if (all.size() < 2) {
            return null;
        }
        double old = all.getLast().time() - seconds * 0.9;
        for (Iterator<Sample> each = all.descendingIterator(); each.hasNext(); ) {
            Sample sample = each.next();
            if (sample.time() <= old) {
                return sample;
            }
        }
        return all.getFirst();
    }
}
