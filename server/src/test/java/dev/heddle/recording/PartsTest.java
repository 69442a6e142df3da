package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.JfrSettings;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

class PartsTest {
    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-11-21T21:30:00Z");
    private Parts parts;

    @BeforeEach
    void begin() {
        begin(Duration.ofMinutes(5));
    }

    private void begin(Duration ring) {
        JfrSettings settings =
                new JfrSettings(ring, 1 << 20, folder.toString(), 64 << 20, 20, false);
        parts = new Parts(folder, settings, () -> now);
    }

    private Path take(String text) throws IOException {
        Path file = Files.writeString(parts.next(), text);
        parts.add(file);
        return file;
    }

    private String joined(Instant since) throws IOException {
        Path file = folder.resolve("joined.jfr");
        parts.join(since, file);
        String all = Files.readString(file);
        Files.delete(file);
        return all;
    }

    @Test
    void manyWhoTakeWhatThereIsLeaveTheOthersNothingToMiss() throws IOException {
        Instant since = now;
        for (char each = 'a'; each <= 'j'; each++) {
            now = now.plusSeconds(30);
            take(String.valueOf(each));
        }
        assertEquals("abcdefghij", joined(since));
        assertEquals("cdefghij", joined(since.plusSeconds(60)));
    }

    @Test
    void whatWasTakenIsThereAsLongAsTheRingGoesBack() throws IOException {
        begin(Duration.ofMinutes(30));
        Path part = take("a");
        now = now.plus(Duration.ofMinutes(30));
        parts.forget();
        assertTrue(Files.exists(part));
        now = now.plusSeconds(1);
        parts.forget();
        assertFalse(Files.exists(part));
    }

    @Test
    void aShortRingLeavesALongRecordingItsBeginning() throws IOException {
        begin(Duration.ofSeconds(10));
        Instant since = now;
        now = now.plusSeconds(1);
        take("a");
        now = now.plusSeconds(310);
        take("b");
        assertEquals("ab", joined(since));
    }

    @Test
    void theOldestGoWhenThereAreTooManyBytes() throws IOException {
        Path first = parts.next();
        try (RandomAccessFile sparse = new RandomAccessFile(first.toFile(), "rw")) {
            sparse.setLength(Parts.LEAST_BOUND_BYTES);
        }
        parts.add(first);
        assertTrue(Files.exists(first));
        take("b");
        assertFalse(Files.exists(first));
        assertEquals("b", joined(now.minusSeconds(1)));
    }

    @Test
    void whatCannotBeDeletedIsLeft() throws IOException {
        Path part = take("a");
        Files.delete(part);
        Files.createDirectories(part.resolve("inside"));
        now = now.plus(Duration.ofHours(1));
        parts.forget();
        take("b");
        assertEquals("b", joined(now.minusSeconds(1)));
    }
}
