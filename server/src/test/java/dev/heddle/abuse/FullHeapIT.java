package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Somebody fills the heap. The process ends and says why, so that it can be started again; it does
/// not stay, deaf, with threads of the JDK that are no more.
class FullHeapIT {
    private static final int HOLDERS = 200;
    private static final int EXIT_CODE = 3;

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
            honest.readWithin(Duration.ofSeconds(30));
            honest.send(RawFrame.text("before"));
            assertEquals("before", honest.readFrame().text());
            fill(server, holders);
            assertEquals(EXIT_CODE, server.awaitEnd(60));
            assertTrue(said(server).contains("OutOfMemoryError"), () -> said(server));
        } finally {
            for (RawClient holder : holders) {
                holder.close();
            }
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
