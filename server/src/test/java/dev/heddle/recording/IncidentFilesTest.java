package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

class IncidentFilesTest {
    private static final Instant START = Instant.parse("2026-11-21T21:30:00Z");

    @TempDir private Path parent;

    private void write(IncidentFiles files, int number, int bytes) throws IOException {
        Files.write(files.next("slow consumers", START.plusSeconds(number)), new byte[bytes]);
        files.tidy();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theOldestAreDeletedWhenThereAreTooMany() throws IOException {
        IncidentFiles files = new IncidentFiles(parent.resolve("incidents"), 2, 1_000);
        for (int i = 0; i < 4; i++) {
            write(files, i, 10);
        }
        assertEquals(
                List.of(
                        "heddle-20261121T213002Z-slow-consumers.jfr",
                        "heddle-20261121T213003Z-slow-consumers.jfr"),
                names(files.folder()));
    }

    @Test
    void theOldestAreDeletedWhenTheyAreTooLargeButNeverTheNewest() throws IOException {
        IncidentFiles files = new IncidentFiles(parent.resolve("incidents"), 5, 100);
        write(files, 0, 60);
        write(files, 1, 40);
        assertEquals(2, names(files.folder()).size());
        write(files, 2, 1);
        assertEquals(2, names(files.folder()).size());
        write(files, 3, 500);
        assertEquals(List.of("heddle-20261121T213003Z-slow-consumers.jfr"), names(files.folder()));
    }

    @Test
    void whatElseIsInTheFolderStays() throws IOException {
        IncidentFiles files = new IncidentFiles(parent, 1, 100);
        Files.writeString(parent.resolve("notes.txt"), "mine");
        write(files, 0, 10);
        write(files, 1, 10);
        assertEquals(
                List.of("heddle-20261121T213001Z-slow-consumers.jfr", "notes.txt"), names(parent));
    }

    @Test
    void nobodyElseSeesThem() throws IOException {
        IncidentFiles files = new IncidentFiles(parent.resolve("incidents"), 1, 100);
        write(files, 0, 10);
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(files.folder())));
    }

    @Test
    void aFolderThatOthersCouldPutLinksInIsNotUsed() throws IOException {
        Path open = Files.createDirectory(parent.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), parent);
        for (Path folder : List.of(open, link)) {
            IncidentFiles files = new IncidentFiles(folder, 1, 100);
            assertThrows(IOException.class, () -> files.next("deadlock", START));
        }
    }
}
