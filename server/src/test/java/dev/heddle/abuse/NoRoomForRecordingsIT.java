package dev.heddle.abuse;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Somebody takes all that JFR needs for a file: descriptors, inodes, bytes. JFR would end the JVM;
/// the server goes on without a recording. Mounts a small file system, for which one has to be
/// root.
class NoRoomForRecordingsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WATCHED = Duration.ofSeconds(4);
    private static final String IN_MEMORY = "--set jfr.pinned-threads=false --diagnostics";

    private static final int ROUNDS = 100;

    private final Latencies roundTrips = new Latencies("a round trip");
    private final Latencies health = new Latencies("/livez");

    @TempDir private Path folder;

    @AfterEach
    void sayHowLongHonestClientsTook(TestInfo test) {
        System.out.printf("%s: %s, %s%n", test.getDisplayName(), roundTrips, health);
    }

    @Test
    void allInodesAndBytesAreTakenAndHonestClientsNoticeNothing() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=256m,nr_inodes=200", "none", small.toString());
        try (ServerProcess server =
                        new ServerProcess(
                                "export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=%s;".formatted(small),
                                IN_MEMORY);
                RawClient honest = RawClient.open(server.port(), "/echo")) {
            honest.readWithin(PATIENCE);
            assertEquals(200, dump(server), "there is room");
            List<Path> taken = takeInodes(small);
            requireCalm(server, honest, 1);
            taken.forEach(file -> assertTrue(file.toFile().delete()));
            assertEquals(200, dump(server), "there is room again");
            Path full = small.resolve("full");
            takeBytes(full);
            requireCalm(server, honest, 2);
            Files.delete(full);
            assertEquals(200, dump(server), "and again");
            sayGoodbye(honest);
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    @Test
    void allDescriptorsOfBothPortsAreTakenAndThereStillIsARecording() throws Exception {
        List<Socket> taken = new ArrayList<>();
        try (ServerProcess server = new ServerProcess("ulimit -n 256;", IN_MEMORY);
                RawClient honest = RawClient.open(server.port(), "/echo")) {
            honest.readWithin(PATIENCE);
            assertEquals(200, server.getInternal("/livez").statusCode());
            for (int i = 0; i < 400; i++) {
                taken.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                taken.add(new Socket(InetAddress.getLoopbackAddress(), server.internalPort()));
            }
            await("descriptors run out")
                    .atMost(PATIENCE)
                    .until(() -> server.log().contains("descriptors"));
            for (int i = 0; i < ROUNDS; i++) {
                requireHonestService(server, honest, i);
            }
            assertEquals(200, dump(server), "what is kept for the rest is enough");
            assertTrue(server.process().isAlive(), server::log);
            sayGoodbye(honest);
        } finally {
            for (Socket each : taken) {
                each.close();
            }
        }
    }

    /// Longer than JFR takes to write what is recorded to disk.
    private void requireCalm(ServerProcess server, RawClient honest, int missed) throws Exception {
        assertEquals(503, dump(server), server::log);
        long until = System.nanoTime() + WATCHED.toNanos();
        for (int i = 0; i < ROUNDS || System.nanoTime() < until; i++) {
            requireHonestService(server, honest, i);
        }
        assertEquals(503, recordForASecond(server));
        String count = "heddle_recordings_missed_total " + 2.0 * missed;
        assertTrue(server.getInternal("/metrics").body().contains(count), count);
        assertTrue(server.process().isAlive(), server::log);
    }

    private void requireHonestService(ServerProcess server, RawClient honest, int round)
            throws Exception {
        String text = "round " + round;
        RawFrame echo =
                roundTrips.time(
                        () -> {
                            honest.send(RawFrame.text(text));
                            return honest.readFrame();
                        });
        assertEquals(text, echo.text());
        assertEquals(200, health.time(() -> server.getInternal("/livez")).statusCode());
    }

    /// Ends it as the RFC wants it, which proves that the server had not.
    private static void sayGoodbye(RawClient honest) throws IOException {
        honest.send(RawFrame.close(1000, ""));
        honest.expectClose(1000);
    }

    private static int dump(ServerProcess server) throws Exception {
        return server.postInternal("/debug/jfr/dump").statusCode();
    }

    private static int recordForASecond(ServerProcess server) throws Exception {
        return server.postInternal("/debug/jfr?seconds=1").statusCode();
    }

    private static List<Path> takeInodes(Path where) throws IOException {
        List<Path> taken = new ArrayList<>();
        try {
            while (true) {
                taken.add(Files.createTempFile(where, "taken", null));
            }
        } catch (IOException none) {
            assertTrue(taken.size() > 50, none::toString);
            return taken;
        }
    }

    private static void takeBytes(Path file) throws IOException {
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertTrue(Files.size(file) > block.length, full::toString);
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
