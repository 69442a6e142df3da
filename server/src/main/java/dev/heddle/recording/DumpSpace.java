package dev.heddle.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// The room that JFR needs to write a file: descriptors, inodes, bytes. When it asks for one and
/// cannot have it, JFR ends the JVM, so it must not ask.
final class DumpSpace {
    static final long LEAST_FREE_BYTES = 128 << 20;

    /// More than JFR opens at a time.
    private static final int FILES = 8;

    private DumpSpace() {}

    /// Requires that there is room for a recording: that some files can be made and held open there
    /// now, and that many bytes are free.
    ///
    /// @param folder that JFR writes to
    /// @throws IOException if there is not
    static void require(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < LEAST_FREE_BYTES) {
            throw new IOException(
                    "less than %d MiB are free in %s".formatted(LEAST_FREE_BYTES >> 20, folder));
        }
        hold(folder, FILES);
    }

    /// Makes files and holds all of them open at once. Each is gone from its folder as soon as it
    /// is open, so that none can be left behind.
    private static void hold(Path folder, int files) throws IOException {
        if (files == 0) {
            return;
        }
        try (FileChannel _ =
                FileChannel.open(
                        folder.resolve("room-" + UUID.randomUUID()),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            hold(folder, files - 1);
        }
    }

    /// Whether there is none; no reason to end anything where nobody says.
    static boolean isMissing(Path folder) {
        try {
            require(folder);
            return false;
        } catch (IOException none) {
            return true;
        }
    }
}
