package dev.heddle.bench.run;

import dev.heddle.bench.result.Encoding;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;
import dev.heddle.bench.scenario.Recorder;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// What all workers reported, by interval.
final class Timeline {
    private static final double NANOS_PER_MICRO = 1000;

    private static final class Interval {
        private final Histogram times = Recorder.newHistogram();
        private long ops;
        private int open;
    }

    private final TreeMap<Long, Interval> intervals = new TreeMap<>();
    private final double intervalSeconds;

    /// @param intervalSeconds how long each is
    Timeline(double intervalSeconds) {
        this.intervalSeconds = intervalSeconds;
    }

    void add(Message.Progress progress) {
        Interval interval = intervals.computeIfAbsent(progress.interval(), _ -> new Interval());
        interval.ops += progress.ops();
        interval.open += progress.open();
        if (!progress.times().isEmpty()) {
            interval.times.add(Encoding.decode(progress.times()));
        }
    }

    /// Open connections at last.
    int open() {
        return intervals.isEmpty() ? 0 : intervals.lastEntry().getValue().open;
    }

    /// Ops until now.
    long ops() {
        return intervals.values().stream().mapToLong(interval -> interval.ops).sum();
    }

    /// What came of it over time. Latencies only where there were ops with one.
    List<Series> series() {
        List<Series> series = new ArrayList<>();
        series.add(all("openConnections", "connections", interval -> interval.open));
        if (ops() > 0) {
            series.add(all("opsPerSecond", "1/s", interval -> interval.ops / intervalSeconds));
        }
        if (intervals.values().stream().anyMatch(Timeline::hasTimes)) {
            series.add(latency("latencyP50", times -> times.getValueAtPercentile(50)));
            series.add(latency("latencyP99", times -> times.getValueAtPercentile(99)));
            series.add(latency("latencyMax", Histogram::getMaxValue));
        }
        return series;
    }

    private Series all(String name, String unit, ToDoubleFunction<Interval> value) {
        List<Point> points = new ArrayList<>();
        intervals.forEach(
                (number, interval) ->
                        points.add(new Point(end(number), value.applyAsDouble(interval))));
        return new Series(name, unit, points);
    }

    private Series latency(String name, ToDoubleFunction<Histogram> nanos) {
        List<Point> points = new ArrayList<>();
        intervals.forEach(
                (number, interval) -> {
                    if (hasTimes(interval)) {
                        double micros = nanos.applyAsDouble(interval.times) / NANOS_PER_MICRO;
                        points.add(new Point(end(number), micros));
                    }
                });
        return new Series(name, "µs", points);
    }

    private double end(long number) {
        return (number + 1) * intervalSeconds;
    }

    private static boolean hasTimes(Interval interval) {
        return interval.times.getTotalCount() > 0;
    }
}
