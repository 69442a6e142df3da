package dev.heddle.bench.run;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.heddle.bench.engine.Bounds;
import dev.heddle.bench.engine.Target;
import dev.heddle.bench.scenario.Scenario;

import java.lang.management.ManagementFactory;

/// What to run.
///
/// @param scenario what is asked of the server
/// @param target which server
/// @param processes how many processes share the connections; 0 for as few as descriptors allow
/// @param settle seconds between the last handshake and the measurement of idle connections
/// @param collect whether a server that is a JVM collects its garbage before it is measured idle
public record Plan(
        Scenario scenario, Target target, int processes, double settle, boolean collect) {
    private static final int OTHER_DESCRIPTORS = 256;

    /// @throws IllegalArgumentException when a number is out of its bounds
    public Plan {
        Bounds.check("--processes", processes, 0, 1000);
        Bounds.check("--settle", settle, 0, Bounds.SECONDS);
    }

    /// How many workers there will be.
    public int workers() {
        if (processes > 0) {
            return processes;
        }
        long usable = maxDescriptors() - OTHER_DESCRIPTORS;
        return Math.toIntExact((scenario.connections() + usable - 1) / usable);
    }

    private static long maxDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? Math.max(unix.getMaxFileDescriptorCount(), 2 * OTHER_DESCRIPTORS)
                : Integer.MAX_VALUE;
    }
}
