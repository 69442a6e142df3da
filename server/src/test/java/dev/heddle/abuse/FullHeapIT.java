package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Crew;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Somebody fills the heap. The process ends and says why, so that it can be started again; it does
/// not stay, deaf, with threads of the JDK that are no more.
class FullHeapIT {
    private static final int HOLDERS = 200;
    private static final int EXIT_CODE = 3;
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Latencies roundTrips = new Latencies("a round trip");
    private final Latencies health = new Latencies("/livez");

    @ParameterizedTest
    @ValueSource(strings = {"", "@../ops/jvm.options"})
    void theProcessEndsWithAMessageAndAnExitCode(String options) throws Exception {
        String shell = "export JDK_JAVA_OPTIONS='%s -Xmx32m';".formatted(options);
        List<RawClient> holders = new ArrayList<>();
        try (ServerProcess server =
                        new ServerProcess(
                                shell,
                                "--set limits.unfinished-bytes=1GiB",
                                "--set jfr.pinned-threads=false");
                RawClient honest = RawClient.open(server.port(), "/ws")) {
            honest.readWithin(PATIENCE);
            honest.send(RawFrame.text("before"));
            assertEquals("before", honest.readFrame().text());
            try (Crew crew = new Crew()) {
                crew.start(() -> talkUntilItEnds(server, honest));
                fill(server, holders);
                assertEquals(EXIT_CODE, server.awaitEnd(60));
                crew.join(PATIENCE);
            }
            System.out.println("a heap that fills: " + roundTrips + ", " + health);
            assertTrue(said(server).contains("OutOfMemoryError"), () -> said(server));
        } finally {
            for (RawClient holder : holders) {
                holder.close();
            }
        }
    }

    /// All that was said came back until the end, which is none after which one stays away.
    private void talkUntilItEnds(ServerProcess server, RawClient honest) throws Exception {
        for (int i = 0; ; i++) {
            String text = "round " + i;
            Optional<RawFrame> back = roundTrips.time(() -> ask(honest, text));
            if (back.isPresent()) {
                assertEquals(text, back.get().text());
            }
            if (back.isEmpty() || !isHealthy(server)) {
                server.awaitEnd((int) PATIENCE.toSeconds()); // nothing else excuses it
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /// @return false when there is nobody any more who could say so
    private boolean isHealthy(ServerProcess server) throws Exception {
        try {
            assertEquals(200, health.time(() -> server.getInternal("/livez")).statusCode());
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    /// @return nothing when the connection has ended, be it within a frame or by a reset
    private static Optional<RawFrame> ask(RawClient honest, String text) {
        try {
            honest.send(RawFrame.text(text));
            return honest.readFrameOrEnd();
        } catch (IOException reset) {
            return Optional.empty();
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof SocketException
                    || failed.getCause() instanceof EOFException) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /// Each holds nearly a MiB of a message that never ends.
    private static void fill(ServerProcess server, List<RawClient> holders) {
        RawFrame part = RawFrame.binary(new byte[(1 << 20) - 1]).unfinished();
        try {
            for (int i = 0; i < HOLDERS; i++) {
                RawClient holder = RawClient.open(server.port(), "/ws");
                holders.add(holder);
                holder.send(part);
            }
        } catch (IOException | AssertionError ended) {
            assertTrue(holders.size() > 10, ended::toString);
        }
    }

    private static String said(ServerProcess server) {
        BufferedReader out = server.process().inputReader();
        return server.log() + out.lines().collect(Collectors.joining("\n"));
    }
}
