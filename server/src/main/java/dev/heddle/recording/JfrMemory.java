package dev.heddle.recording;

import dev.heddle.config.JfrSettings;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// The events that JFR has recorded in memory, which all recordings of the process share, and the
/// way in which they become a file. JFR ends the JVM when it cannot have a file that it asks for:
/// so it asks for none until somebody wants one, and then only if there is room.
///
/// Where somebody else records to disk, with `jcmd JFR.start` for example, nothing stays in memory:
/// then our recordings are on disk too.
///
/// A dump takes the events in memory from all other recordings. So they are kept on disk for a
/// while, as a part of later dumps. **Thread-safe.**
final class JfrMemory {
    private static @Nullable JfrMemory ofThisProcess;

    private final Path folder;
    private final Parts parts; // guarded by this

    private JfrMemory(Path folder, JfrSettings settings) {
        this.folder = folder;
        this.parts = new Parts(folder, settings, InstantSource.system());
    }

    /// The memory of this process.
    ///
    /// @param settings of it; those of the first who asks hold
    /// @throws IOException if there is no folder for it
    static synchronized JfrMemory ofThisProcess(JfrSettings settings) throws IOException {
        JfrMemory memory = ofThisProcess;
        if (memory == null) {
            Path folder = JfrFolder.claimForThisProcess(settings.maxRingBytes());
            memory = new JfrMemory(folder, settings);
            ofThisProcess = memory;
        }
        return memory;
    }

    /// Where JFR writes.
    Path folder() {
        return folder;
    }

    /// Begins a recording.
    ///
    /// @throws IOException if JFR cannot
    static Recording begin(String name, Template template) throws IOException {
        try {
            Recording recording = new Recording(template.settings());
            recording.setName("heddle " + name);
            recording.setToDisk(isWrittenByOthers());
            recording.start();
            return recording;
        } catch (IllegalStateException unavailable) {
            throw new IOException(unavailable);
        }
    }

    /// Whether somebody else records to disk.
    static boolean isWrittenByOthers() {
        return FlightRecorder.getFlightRecorder().getRecordings().stream()
                .anyMatch(
                        each ->
                                each.getState() == RecordingState.RUNNING
                                        && each.isToDisk()
                                        && !each.getName().startsWith("heddle "));
    }

    /// Writes what was recorded. Blocks until that is done.
    ///
    /// @param running a recording, which goes on
    /// @param since of what was taken by others: no older parts
    /// @param file new, or replaced; deleted again if it cannot be written
    /// @throws IOException if there is no room for it
    synchronized void write(Recording running, Instant since, Path file) throws IOException {
        DumpSpace.require(folder);
        Files.deleteIfExists(file); // not what it leads to, if it is a link
        boolean isWhole = false;
        try {
            if (running.isToDisk()) {
                running.dump(file);
            } else {
                take(running);
                parts.join(since, file);
            }
            isWhole = true;
        } catch (IllegalStateException closed) {
            throw new IOException("the recording has ended", closed);
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Takes what is in memory, which then is empty.
    private void take(Recording running) throws IOException {
        Path file = parts.next();
        boolean isWhole = false;
        try {
            running.dump(file);
            isWhole = true;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(file);
            }
        }
        parts.add(file);
    }

    /// Deletes what nobody wants any more.
    synchronized void forget() {
        parts.forget();
    }
}
