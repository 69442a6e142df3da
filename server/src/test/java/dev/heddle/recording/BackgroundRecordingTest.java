package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.config.JfrSettings;
import dev.heddle.telemetry.event.ProtocolViolated;

import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class BackgroundRecordingTest {
    @TempDir private Path folder;

    private BackgroundRecording start() throws IOException {
        return BackgroundRecording.start(
                        new JfrSettings(
                                Duration.ofMinutes(5),
                                8 << 20,
                                folder.toString(),
                                64 << 20,
                                20,
                                false))
                .orElseThrow();
    }

    private List<String> dumped(BackgroundRecording ring) throws IOException {
        Path file = folder.resolve("dump.jfr");
        ring.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("heddle.ProtocolViolation"))
                .map(event -> event.getString("rule"))
                .filter(rule -> rule.startsWith("ring "))
                .sorted()
                .toList();
    }

    @Test
    void eachDumpHasWhatAnEarlierOneHadToo() throws IOException {
        try (BackgroundRecording ring = start()) {
            ProtocolViolated.emit(1, null, "ring one", 1002);
            assertEquals(List.of("ring one"), dumped(ring));
            ProtocolViolated.emit(1, null, "ring two", 1002);
            assertEquals(List.of("ring one", "ring two"), dumped(ring));
        }
    }

    @Test
    void aLinkIsReplacedAndNotFollowed() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs"), "as it was");
        Path link = Files.createSymbolicLink(folder.resolve("link.jfr"), theirs);
        try (BackgroundRecording ring = start()) {
            ring.dump(link);
        }
        assertEquals("as it was", Files.readString(theirs));
        assertFalse(Files.isSymbolicLink(link));
    }
}
