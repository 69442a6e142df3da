package dev.heddle.net;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/// The file descriptors of this process, shared out: neither port may take what is kept for the
/// rest.
///
/// @param connections how many connections of the public port there are some for; a very large
///   number where the system does not say
/// @param internal how many of the internal port
public record Descriptors(int connections, int internal) {
    /// Left for what is opened beside connections: pollers, files, keys that are fetched.
    public static final int SPARE = 64;

    /// Shares out those that this process has not opened yet.
    ///
    /// @param internal the most that the internal port may have
    public static Descriptors share(int internal) {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? share(
                        unix.getMaxFileDescriptorCount(),
                        unix.getOpenFileDescriptorCount(),
                        internal)
                : new Descriptors(Integer.MAX_VALUE, internal);
    }

    /// How many this process has; 0 where the system does not say.
    public static long open() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /// Shares out those of a process. Where there are few, half of them are for connections, and
    /// half of the other half for the internal port.
    ///
    /// @param most the most that it may have
    /// @param open how many it has
    /// @param internal the most that the internal port may have
    public static Descriptors share(long most, long open, int internal) {
        long free = Math.max(0, most - open);
        long connections = Math.max(free / 2, free - SPARE - internal);
        long rest = free - connections;
        return new Descriptors(
                (int) Math.min(Integer.MAX_VALUE, connections),
                Math.clamp(Math.max(rest / 2, rest - SPARE), 1, internal));
    }
}
