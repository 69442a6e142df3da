package dev.heddle.support;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;

import dev.heddle.Heddle;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Whether a server has let go of everything that connections cost: sockets, leased buffers and
/// threads, virtual ones too.
///
/// A thread is left over when it did not exist as this was made, and has code of ours on its stack.
/// So make it when the server is up and nobody is connected.
public final class LeakCheck {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String OURS = "    at dev.heddle.";
    private static final String ITSELF = "    at " + LeakCheck.class.getName() + ".";

    private final Heddle server;
    private final Duration bound;
    private final Map<String, String> threadsBefore;

    public LeakCheck(Heddle server) {
        this(server, BOUND);
    }

    LeakCheck(Heddle server, Duration bound) {
        this.server = server;
        this.bound = bound;
        this.threadsBefore = threads();
    }

    /// Blocks until nothing is left; an `AssertionError` with what still is after ten seconds. All
    /// clients must be closed.
    public void awaitNothingLeft() {
        Awaitility.await("nothing left over")
                .pollInSameThread()
                .atMost(bound)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(this::requireNothingLeft);
    }

    private void requireNothingLeft() {
        if (server.connections() != 0 || server.leasedBuffers() != 0) {
            throw new AssertionError(
                    "%d connections and %d leased buffers are left over"
                            .formatted(server.connections(), server.leasedBuffers()));
        }
        Map<String, String> left = threads();
        left.keySet().removeAll(threadsBefore.keySet());
        left.values().removeIf(stack -> !stack.contains(OURS) || stack.contains(ITSELF));
        if (!left.isEmpty()) {
            throw new AssertionError("threads are left over:\n" + String.join("\n", left.values()));
        }
    }

    /// Every thread of this process by its number, with name and stack.
    private static Map<String, String> threads() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path file = folder.resolve("dump");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            Map<String, String> threads = new TreeMap<>();
            for (String thread : Files.readString(file).split("\n\n", -1)) {
                threads.put(thread.strip().split(" ", 2)[0], thread);
            }
            Files.delete(file);
            Files.delete(folder);
            return threads;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
