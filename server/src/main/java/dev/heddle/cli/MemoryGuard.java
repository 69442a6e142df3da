package dev.heddle.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ref.Reference;

/// Ends the process when memory has run out, as `-XX:+ExitOnOutOfMemoryError` does, which `java
/// -jar` alone does not set: the next thread that asks for memory gets none. If that is a thread of
/// the JDK, it ends, and the server stays up but accepts nobody.
///
/// Three things find it out: what catches everything in our own loops, the end of any thread, and a
/// thread that tries to allocate a little, a few times a second. **Thread-safe.** Needs no memory.
final class MemoryGuard {
    private static final byte[] MESSAGE =
            "heddle: java.lang.OutOfMemoryError: the server ends, since nobody knows what else failed\n"
                    .getBytes(US_ASCII);
    private static final int PROBE_BYTES = 256 << 10;
    private static final long PAUSE_MILLIS = 250;

    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);

    /// Starts the guard, which looks for as long as the process lives.
    static MemoryGuard start() {
        MemoryGuard guard = new MemoryGuard();
        Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> {
                    if (thrown instanceof OutOfMemoryError) {
                        guard.end();
                    } else if (usual != null) {
                        usual.uncaughtException(thread, thrown);
                    } else {
                        System.err.println("Exception in thread " + thread.getName());
                        thrown.printStackTrace();
                    }
                });
        Thread.ofPlatform().daemon().name("heddle-memory").start(guard::look);
        return guard;
    }

    /// Ends the process, and says why.
    void end() {
        try {
            err.write(MESSAGE);
        } catch (IOException nobodyReads) {
            // It ends all the same, and there is nobody to tell.
        } finally {
            Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY);
        }
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                byte[] probe = new byte[PROBE_BYTES];
                try {
                    probe[0]++;
                } finally {
                    Reference.reachabilityFence(probe);
                }
            }
        } catch (OutOfMemoryError full) {
            end();
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
