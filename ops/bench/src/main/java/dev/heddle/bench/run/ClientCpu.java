package dev.heddle.bench.run;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/// How much CPU this worker has used in named phases: its process as a whole, with the JVM's
/// compiler, and the loop's thread alone. Belongs to that thread.
final class ClientCpu {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, Long> nanos = new TreeMap<>();
    private long processNanos;
    private long loopNanos;

    /// A phase begins now.
    void start() {
        processNanos = PROCESS.getProcessCpuTime();
        loopNanos = THREADS.getCurrentThreadCpuTime();
    }

    /// The phase ends now; phases of the same name are added up.
    void stop(String phase) {
        nanos.merge(phase, PROCESS.getProcessCpuTime() - processNanos, Long::sum);
        nanos.merge(phase + ".loop", THREADS.getCurrentThreadCpuTime() - loopNanos, Long::sum);
    }

    /// What was used, by phase; `.loop` after its name for the loop's thread alone.
    Map<String, Long> nanos() {
        return nanos;
    }
}
