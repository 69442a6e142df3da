package dev.heddle.bench.sample;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The CPU time of another process, user and system, of all its threads and of those that have
/// ended: what `/proc/PID/stat` says in hundredths of a second, to the nanosecond. A handshake
/// takes microseconds, so hundredths would be too coarse. **Thread-safe.**
final class CpuClock {
    private static final int TIMESPEC_BYTES = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final MethodHandle CLOCK_GETTIME = link();

    private final int clock;

    /// @param pid of a process on this machine; whether it lives is only seen when reading
    CpuClock(long pid) {
        // What the kernel has for clock_getcpuclockid(3): CPUCLOCK_SCHED of a whole process.
        clock = (~(int) pid << 3) | 2;
    }

    /// Nanoseconds of CPU time since the process began.
    ///
    /// @throws IllegalStateException when the process is gone
    long nanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timespec = arena.allocate(TIMESPEC_BYTES, Long.BYTES);
            if (read(timespec) != 0) {
                throw new IllegalStateException("the process is gone");
            }
            return timespec.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
                    + timespec.get(ValueLayout.JAVA_LONG, Long.BYTES);
        }
    }

    private int read(MemorySegment timespec) {
        try {
            return (int) CLOCK_GETTIME.invokeExact(clock, timespec);
        } catch (Throwable impossible) {
            throw new AssertionError("clock_gettime throws nothing", impossible);
        }
    }

    @SuppressWarnings("restricted") // the manifest enables native access
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }
}
