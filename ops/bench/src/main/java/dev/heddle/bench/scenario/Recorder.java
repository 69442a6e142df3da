package dev.heddle.bench.scenario;

import org.HdrHistogram.Histogram;

import java.util.Map;
import java.util.TreeMap;

/// Keeps the times that a job measures: one distribution for each name, and of the main one also
/// what came since the last look, for plots over time. **Not thread-safe.**
public final class Recorder {
    private static final long LOWEST_NANOS = 100;
    private static final long HIGHEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;

    private final Map<String, Histogram> histograms = new TreeMap<>();
    private final Map<String, Long> earliest = new TreeMap<>();
    private final Map<String, Long> latest = new TreeMap<>();
    private final Histogram recent = newHistogram();
    private Histogram main = newHistogram();
    private long recentOps;

    /// An empty histogram of nanoseconds, as all here are.
    public static Histogram newHistogram() {
        return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
    }

    /// Adds a time to a histogram of [#histogram]; negative ones as 0, longer ones than ten minutes
    /// as that.
    public static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, HIGHEST_NANOS));
    }

    /// The histogram of that name, to be kept by who records.
    public Histogram histogram(String name) {
        return histograms.computeIfAbsent(name, _ -> newHistogram());
    }

    /// Names the distribution that [#op(long)] adds to.
    public void main(String name) {
        main = histogram(name);
    }

    /// Counts an op and adds its time to the main distribution.
    public void op(long nanos) {
        record(recent, nanos);
        recentOps++;
    }

    /// Counts an op whose time is not known.
    public void op() {
        recentOps++;
    }

    /// Notes when something happened; the first and the last time are kept.
    public void happened(String what, long now) {
        earliest.merge(what, now, Math::min);
        latest.merge(what, now, Math::max);
    }

    /// Notes the last time that something happened.
    public void lastHappened(String what, long now) {
        latest.put(what, now);
    }

    /// All histograms by name.
    public Map<String, Histogram> histograms() {
        return histograms;
    }

    /// When each thing first happened.
    public Map<String, Long> earliest() {
        return earliest;
    }

    /// When each thing last happened.
    public Map<String, Long> latest() {
        return latest;
    }

    /// The times since [#forgetRecent]; lent.
    public Histogram recent() {
        return recent;
    }

    /// The ops since [#forgetRecent].
    public long recentOps() {
        return recentOps;
    }

    /// Begins the next interval. Only now do the last one's times belong to the main distribution.
    public void forgetRecent() {
        main.add(recent);
        recent.reset();
        recentOps = 0;
    }
}
