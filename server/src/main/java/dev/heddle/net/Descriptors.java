package dev.heddle.net;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/// The file descriptors of this process.
public final class Descriptors {
    /// Left for what is opened beside connections: the internal port's, pollers, files.
    public static final int SPARE = 64;

    private Descriptors() {}

    /// How many connections there are descriptors for, as long as nothing else takes more than some
    /// spare ones; a very large number where the system does not say.
    public static int forConnections() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? forConnections(
                        unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
                : Integer.MAX_VALUE;
    }

    /// How many this process has; 0 where the system does not say.
    public static long open() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /// How many connections there are descriptors for in a process.
    ///
    /// @param most the most that it may have
    /// @param open how many it has
    public static int forConnections(long most, long open) {
        long free = Math.max(0, most - open);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(free / 2, free - SPARE));
    }
}
