package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.TestServer;

import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class JfrCommandTest {
    private static final String KEY = "correct-horse-battery-staple";
    private static final Map<String, String> LOCKED = Map.of("HEDDLE_INTERNAL_API_KEY", KEY);

    @TempDir private Path folder;
    private final Terminal terminal = new Terminal();

    @Test
    void writesARecording() throws Exception {
        Path file = folder.resolve("a.jfr");
        try (Heddle server = Heddle.start(TestServer.configured(LOCKED))) {
            String line =
                    "jfr --seconds 1 --output "
                            + file
                            + " --internal-port "
                            + server.internalPort();
            assertEquals(0, terminal.run(LOCKED, line), terminal.err());
            assertEquals(file + "\n", terminal.out());
            assertTrue(
                    RecordingFile.readAllEvents(file).stream()
                            .anyMatch(
                                    event ->
                                            event.getEventType()
                                                    .getName()
                                                    .equals("heddle.HubStatistics")));

            assertEquals(1, terminal.run(LOCKED, line));
            assertEquals("heddle: " + file + " already exists\n", terminal.err());
        }
    }

    @Test
    void whoHasNotTheKeyIsToldSo() throws Exception {
        Path file = folder.resolve("a.jfr");
        try (Heddle server = Heddle.start(TestServer.configured(LOCKED))) {
            int port = server.internalPort();
            assertEquals(
                    1, terminal.run(Map.of(), "jfr --output " + file + " --internal-port " + port));
            assertTrue(
                    terminal.err()
                            .matches(
                                    "heddle: the server at http://127.0.0.1:%d refuses \\(401\\): .*\n"
                                            .formatted(port)),
                    terminal.err());
            assertTrue(Files.notExists(file));
        }
    }

    @Test
    void saysInALineThatNoServerAnswers() throws Exception {
        int port;
        try (Heddle gone = Heddle.start(TestServer.settings())) {
            port = gone.internalPort();
        }
        assertEquals(1, terminal.run("jfr --internal-port " + port));
        assertEquals(
                "heddle: no server answers at http://127.0.0.1:" + port + "; is it running?\n",
                terminal.err());
    }

    @ParameterizedTest
    @CsvSource({
        "jfr --seconds 0, --seconds takes a number from 1 to 300",
        "jfr --seconds 301, --seconds takes a number from 1 to 300",
        "jfr --type Broadcast, --type is an option of heddle tail",
        "jfr --user ann, '--user is an option of heddle tail, token'",
    })
    void whatMakesNoSenseIsWrongUsage(String line, String start) {
        assertEquals(2, terminal.run(line));
        assertTrue(terminal.err().startsWith("heddle: " + start), terminal.err());
    }
}
