package dev.heddle.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The disk that JFR writes to. When that is full, JFR ends the JVM: there must not be a recording
/// by then.
final class Disk {
    static final long LEAST_FREE_BYTES = 128 << 20;

    private Disk() {}

    /// Whether so little is free that there should be no recording; `false` where nobody says.
    static boolean isLow() {
        try {
            return Files.getFileStore(folder()).getUsableSpace() < LEAST_FREE_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    /// Requires that there is room for a recording.
    ///
    /// @throws IOException if there is not
    static void require() throws IOException {
        if (isLow()) {
            throw new IOException(
                    "less than %d MiB are free in %s".formatted(LEAST_FREE_BYTES >> 20, folder()));
        }
    }

    /// JFR says where it writes as soon as it does.
    private static Path folder() {
        String temporary = System.getProperty("java.io.tmpdir");
        return Path.of(System.getProperty("jdk.jfr.repository", temporary));
    }
}
