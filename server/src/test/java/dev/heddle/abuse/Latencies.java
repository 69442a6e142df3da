package dev.heddle.abuse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// How long something took each time, for people to read. **Thread-safe.**
final class Latencies {
    private final String what;
    private final List<Long> nanos = new ArrayList<>();

    Latencies(String what) {
        this.what = what;
    }

    /// Does it, and remembers how long it took.
    <T> T time(Callable<T> action) throws Exception {
        long began = System.nanoTime();
        T result = action.call();
        add(System.nanoTime() - began);
        return result;
    }

    /// Remembers how long something took.
    synchronized void add(long took) {
        nanos.add(took);
    }

    /// How many times.
    synchronized int count() {
        return nanos.size();
    }

    /// What it took in the middle and at the 99th percentile.
    @Override
    public synchronized String toString() {
        List<Long> sorted = nanos.stream().sorted().toList();
        return what + " p50 " + millis(sorted, 0.5) + " ms, p99 " + millis(sorted, 0.99) + " ms";
    }

    /// The 99th percentile.
    synchronized double p99Millis() {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / 1e6;
    }

    private static String millis(List<Long> sorted, double share) {
        int index = (int) Math.ceil(sorted.size() * share) - 1;
        return sorted.isEmpty() ? "-" : "%.1f".formatted(sorted.get(Math.max(0, index)) / 1e6);
    }
}
