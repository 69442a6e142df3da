package dev.heddle.bench.sample;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

@EnabledOnOs(OS.LINUX)
class ProcessSamplerTest {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    /// The `jcmd` protocol, spoken to a JVM of its own: a JVM may not attach to itself.
    private static Process startJvm() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String source =
                """
                void main() throws Exception {
                    byte[] kept = new byte[8 << 20];
                    byte[] lost = new byte[8 << 20];
                    lost = null;
                    IO.println("ready");
                    System.in.read();
                    IO.println(kept.length);
                }
                """;
        Path file = Files.createTempFile("Kept", ".java");
        Files.writeString(file, source);
        Process jvm = new ProcessBuilder(java, "-Xmx128m", file.toString()).start();
        assertEquals('r', jvm.getInputStream().read());
        return jvm;
    }

    @Test
    void readsTheCpuTimeThatTheJvmItselfReports() {
        var bean =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        try (var sampler = ProcessSampler.start(ProcessHandle.current().pid(), NEVER)) {
            long before = bean.getProcessCpuTime() / 1000;
            long read = sampler.read().cpuMicros();
            long after = bean.getProcessCpuTime() / 1000;
            // The bean's clock has ticks of 10 ms.
            assertTrue(before - 20_000 <= read && read <= after + 20_000, before + " " + read);
        }
    }

    @Test
    void countsDescriptors() throws Exception {
        try (var sampler = ProcessSampler.start(ProcessHandle.current().pid(), NEVER)) {
            int before = sampler.read().descriptors();
            List<ServerSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sockets.add(new ServerSocket(0));
            }
            assertEquals(before + 50, sampler.read().descriptors(), 5);
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void collectsTheGarbageOfAJvm() throws Exception {
        Process jvm = startJvm();
        try (var sampler = ProcessSampler.start(jvm.pid(), NEVER)) {
            long used = sampler.read().heapUsedBytes().orElseThrow();
            long live = sampler.readAfterCollection().heapUsedBytes().orElseThrow();
            assertTrue(live > 8 << 20 && live < 16 << 20, "live heap " + live);
            assertTrue(used >= live + (8 << 20), "used heap " + used);
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void leavesAProcessThatIsNoJvmAlone() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try (var sampler = ProcessSampler.start(sleep.pid(), NEVER)) {
            Reading reading = sampler.readAfterCollection();
            assertTrue(reading.heapUsedBytes().isEmpty());
            assertTrue(reading.rssBytes() > 0 && reading.rssBytes() < 64 << 20);
            assertEquals(1, reading.threads());
            assertTrue(sleep.isAlive());
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void samplesUntilTheProcessIsGone() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try (var sampler = ProcessSampler.start(sleep.pid(), OFTEN)) {
            await().until(() -> count(sampler) >= 3);
            sleep.destroyForcibly().waitFor();
            assertThrows(IllegalStateException.class, sampler::read);
            assertEquals(
                    List.of(
                            "serverRssBytes",
                            "serverPssBytes",
                            "serverThreads",
                            "serverDescriptors",
                            "serverCpuPercent"),
                    sampler.series().stream().map(Series::name).collect(Collectors.toList()));
        }
    }

    @Test
    void saysThatThereIsNoSuchProcess() {
        var failure =
                assertThrows(
                        IllegalStateException.class,
                        () -> ProcessSampler.start(Integer.MAX_VALUE, NEVER));
        assertEquals("there is no process " + Integer.MAX_VALUE, failure.getMessage());
    }

    private static int count(ProcessSampler sampler) {
        return sampler.series().stream().mapToInt(series -> series.points().size()).max().orElse(0);
    }
}
