package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class DumpSpaceTest {
    @TempDir private Path folder;

    @Test
    void lookingForRoomLeavesNothingBehind() throws IOException {
        DumpSpace.require(folder);
        assertFalse(DumpSpace.isMissing(folder));
        assertArrayEquals(new String[0], folder.toFile().list());
    }

    @Test
    void thereIsNoRoomInAFolderThatIsNotThere() {
        Path gone = folder.resolve("gone");
        assertThrows(IOException.class, () -> DumpSpace.require(gone));
        assertTrue(DumpSpace.isMissing(gone));
    }
}
