package dev.heddle.config;

import java.nio.file.Path;
import java.time.Duration;

/// The settings of the recording in the background, and of the incidents that write it to a file.
///
/// @param ring how much of the past belongs to a dump; zero is no recording
/// @param maxRingBytes memory beside the heap for what was not dumped yet
/// @param folder where it is written on an incident; empty is [#DEFAULT_FOLDER]
/// @param maxFolderBytes bound of what is kept there
/// @param slowConsumers so many closed within 10 s are an incident
/// @param pinnedThreads whether virtual threads that hold their carrier are counted and logged
public record JfrSettings(
        Duration ring,
        long maxRingBytes,
        String folder,
        long maxFolderBytes,
        int slowConsumers,
        boolean pinnedThreads) {

    private static final RecordRows.Jfr ROWS = SettingsTable.RECORDS.jfr();

    /// In the system's folder for temporary files, one for each of its users.
    private static final Path DEFAULT_FOLDER =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "heddle-incidents-" + System.getProperty("user.name"));

    public JfrSettings {
        ROWS.ring().require(ring);
        ROWS.ringBytes().require(maxRingBytes);
        ROWS.folder().require(folder);
        ROWS.folderBytes().require(maxFolderBytes);
        ROWS.slowConsumers().require(slowConsumers);
    }

    static JfrSettings of(Values values) {
        return new JfrSettings(
                values.get(ROWS.ring()),
                values.get(ROWS.ringBytes()),
                values.get(ROWS.folder()),
                values.get(ROWS.folderBytes()),
                values.get(ROWS.slowConsumers()),
                values.get(ROWS.pinnedThreads()));
    }

    /// Where recordings of incidents go.
    public Path incidents() {
        return folder.isEmpty() ? DEFAULT_FOLDER : Path.of(folder);
    }
}
