package dev.heddle.recording;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;

class JfrFolderTest {
    @TempDir private Path folder;

    @Test
    void whoStartsDeletesWhatTheDeadHaveLeft() throws IOException {
        Path all = folder.resolve("all");
        Path dead = Files.createDirectories(all.resolve("jvm-1").resolve("2026_11_28_17_00_00_1"));
        Files.writeString(dead.resolve("2026_11_28_17_00_00.jfr"), "half a recording");
        Files.createFile(all.resolve("jvm-1").resolve("lock"));
        Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx------"));
        try (JfrFolder ours = JfrFolder.claim(all)) {
            assertFalse(Files.exists(all.resolve("jvm-1")));
            assertTrue(Files.isDirectory(ours.path()));
        }
    }

    @Test
    void aFolderThatIsInUseStays() throws IOException {
        Path all = folder.resolve("all");
        try (JfrFolder one = JfrFolder.claim(all);
                JfrFolder other = JfrFolder.claim(all)) {
            assertNotEquals(one.path(), other.path());
            assertTrue(Files.isDirectory(one.path()));
        }
        try (var left = Files.list(all)) {
            assertEquals(1, left.count(), "the lock");
        }
    }

    /// JFR ends the JVM if it cannot begin a file for a recording that goes on.
    @Test
    void aFolderStaysAsLongAsSomethingIsRecorded() throws Exception {
        AtomicBoolean isRecording = new AtomicBoolean(true);
        try (JfrFolder ours = JfrFolder.claim(folder.resolve("all"))) {
            Thread end = Thread.ofPlatform().start(() -> ours.closeAfter(isRecording::get));
            await().until(() -> end.getState() == Thread.State.TIMED_WAITING);
            assertTrue(Files.isDirectory(ours.path()));
            isRecording.set(false);
            end.join();
            assertFalse(Files.exists(ours.path()));
        }
    }

    @Test
    void aFolderThatOthersMayWriteToIsRefused() throws IOException {
        Path all = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThrows(IOException.class, () -> JfrFolder.claim(all));
    }
}
