package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class OwnFolderTest {
    @TempDir private Path above;

    private Path folder(String permissions) throws IOException {
        Path folder = Files.createDirectory(above.resolve("folder"));
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwxr-xrwx", "rwx-w----"})
    void aFolderThatSomebodyElseMayWriteToIsRefused(String permissions) throws IOException {
        Path folder = folder(permissions);
        assertThrows(IOException.class, () -> OwnFolder.require(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-xr-x"})
    void aFolderThatOthersMayOnlyReadIsTaken(String permissions) throws IOException {
        Path folder = folder(permissions);
        assertDoesNotThrow(() -> OwnFolder.require(folder));
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(above.resolve("link"), folder("rwx------"));
        assertThrows(IOException.class, () -> OwnFolder.require(link));
    }
}
