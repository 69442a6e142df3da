package dev.heddle.bench.sample;

import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Watches a process of this machine through Linux's `/proc`, and its heap when it is a JVM.
/// **Thread-safe.**
///
/// A daemon thread of its own takes a reading every so often, until the process ends or this is
/// closed. A reading costs the watched process nothing, except for the heap of a JVM: some 100 µs
/// of one thread.
public final class ProcessSampler implements ServerSampler {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int NANOS_PER_MICRO = 1000;

    private final long pid;
    private final CpuClock cpu;
    private final Optional<Jvm> jvm;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final long startNanos = System.nanoTime();
    private final Thread thread;

    private ProcessSampler(long pid, Duration every) {
        this.pid = pid;
        cpu = new CpuClock(pid);
        jvm = Jvm.in(pid);
        thread =
                Thread.ofPlatform().daemon().name("sampler").unstarted(() -> sampleUntilEnd(every));
    }

    /// Begins to watch. The first sample is taken at once.
    ///
    /// @param pid of the process, which this never changes or ends
    /// @param every between samples
    /// @throws IllegalStateException when there is no such process, or no `/proc`
    public static ProcessSampler start(long pid, Duration every) {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            throw new IllegalStateException("watching a process needs Linux's /proc");
        }
        if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
            throw new IllegalStateException("there is no process " + pid);
        }
        var sampler = new ProcessSampler(pid, every);
        sampler.thread.start();
        return sampler;
    }

    @Override
    public Reading read() {
        ProcFile memory = ProcFile.of(pid, "smaps_rollup");
        return new Reading(
                cpu.nanos() / NANOS_PER_MICRO,
                memory.bytes("Rss"),
                memory.bytes("Pss"),
                ProcFile.of(pid, "status").number("Threads"),
                descriptors(),
                heapUsedBytes());
    }

    @Override
    public Reading readAfterCollection() {
        if (jvm.isPresent()) {
            try {
                // Twice: what a finalizer or cleaner held on to in the first is gone in the second.
                jvm.get().collect();
                jvm.get().collect();
            } catch (IOException silent) {
                throw new IllegalStateException("cannot collect the garbage of " + pid, silent);
            }
        }
        return read();
    }

    @Override
    public List<Series> series() {
        synchronized (lines) {
            return lines.entrySet().stream()
                    .map(
                            line ->
                                    new Series(
                                            line.getKey(),
                                            line.getValue().unit,
                                            List.copyOf(line.getValue().points)))
                    .toList();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void sampleUntilEnd(Duration every) {
        try {
            long beforeMicros = cpu.nanos() / NANOS_PER_MICRO;
            double before = seconds();
            while (true) {
                Reading reading = read();
                double now = seconds();
                add(reading, now);
                if (now > before) {
                    double share = (reading.cpuMicros() - beforeMicros) / 1e6 / (now - before);
                    add("serverCpuPercent", "%", now, share * 100);
                }
                beforeMicros = reading.cpuMicros();
                before = now;
                Thread.sleep(every);
            }
        } catch (IllegalStateException | InterruptedException ended) {
            // The process has gone, or nobody wants to know any more: what is there stays.
        }
    }

    private void add(Reading reading, double now) {
        add("serverRssBytes", "bytes", now, (double) reading.rssBytes());
        add("serverPssBytes", "bytes", now, (double) reading.pssBytes());
        if (reading.heapUsedBytes().isPresent()) {
            add("serverHeapUsedBytes", "bytes", now, (double) reading.heapUsedBytes().getAsLong());
        }
        add("serverThreads", "threads", now, reading.threads());
        add("serverDescriptors", "descriptors", now, reading.descriptors());
    }

    private void add(String name, String unit, double seconds, double value) {
        synchronized (lines) {
            lines.computeIfAbsent(name, _ -> new Line(unit, new ArrayList<>()))
                    .points
                    .add(new Point(seconds, value));
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }

    private OptionalLong heapUsedBytes() {
        try {
            return jvm.isPresent()
                    ? OptionalLong.of(jvm.get().heapUsedBytes())
                    : OptionalLong.empty();
        } catch (IOException silent) {
            // Ending, most likely; what else is read will say so.
            return OptionalLong.empty();
        }
    }

    private int descriptors() {
        Path folder = Path.of("/proc", Long.toString(pid), "fd");
        try {
            // Since Linux 6.2 the folder's size is the number of its entries.
            long size = Files.size(folder);
            if (size > 0) {
                return (int) size;
            }
            try (var entries = Files.list(folder)) {
                return (int) entries.count();
            }
        } catch (IOException gone) {
            throw new IllegalStateException("cannot read " + folder, gone);
        }
    }

    /// A series that still grows; guarded by `lines`.
    private record Line(String unit, List<Point> points) {}
}
