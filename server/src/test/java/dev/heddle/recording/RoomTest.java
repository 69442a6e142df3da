package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

class RoomTest {
    @TempDir private Path folder;

    @Test
    void lookingForRoomLeavesNothingBehind() throws IOException {
        Room.require(folder);
        assertFalse(Room.isMissing(folder));
        assertArrayEquals(new String[0], folder.toFile().list());
    }

    @Test
    void thereIsNoRoomInAFolderThatIsNotThere() {
        Path gone = folder.resolve("gone");
        assertThrows(IOException.class, () -> Room.require(gone));
        assertTrue(Room.isMissing(gone));
    }
}
