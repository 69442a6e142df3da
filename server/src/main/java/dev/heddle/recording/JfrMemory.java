package dev.heddle.recording;

import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// What JFR has recorded in memory, which all recordings of the process share, and how it becomes a
/// file. JFR ends the JVM when it cannot have a file that it asks for: so it asks for none until
/// somebody wants one, and then only if there is room.
///
/// Where somebody else records to disk, with `jcmd JFR.start` for example, nothing stays in memory:
/// then our recordings are on disk too.
///
/// Who takes what is in memory takes it from all others. So it is kept on disk for a while, as a
/// part of what they will want. **Thread-safe.**
final class JfrMemory {
    /// Within which time there may be somebody who wants a part that another has taken.
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final int MAX_PARTS = 4;

    private static @Nullable JfrMemory ofThisProcess;

    private final Path folder;

    // Guarded by this.
    private final Deque<Part> parts = new ArrayDeque<>();
    private long lastPart;

    /// What was taken at once. Recordings one after the other are a recording.
    private record Part(Path file, Instant end) {}

    private JfrMemory(Path folder) {
        this.folder = folder;
    }

    /// That of this process.
    ///
    /// @param bytes of it; those of the first who asks hold
    /// @throws IOException if there is no folder for it
    static synchronized JfrMemory ofThisProcess(long bytes) throws IOException {
        JfrMemory memory = ofThisProcess;
        if (memory == null) {
            memory = new JfrMemory(JfrFolder.claimForThisProcess(bytes));
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
    /// @param file new, or overwritten; deleted again if it cannot be written
    /// @throws IOException if there is no room for it
    synchronized void write(Recording running, Instant since, Path file) throws IOException {
        Room.require(folder);
        boolean isWhole = false;
        try {
            if (running.isToDisk()) {
                running.dump(file);
            } else {
                take(running);
                join(since, file);
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
        Path file = folder.resolve("part-" + ++lastPart + ".jfr");
        boolean isWhole = false;
        try {
            running.dump(file);
            isWhole = true;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(file);
            }
        }
        parts.addLast(new Part(file, Instant.now()));
        forget();
    }

    private void join(Instant since, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (Part part : parts) {
                if (part.end().isAfter(since)) {
                    Files.copy(part.file(), out);
                }
            }
        }
    }

    /// Deletes what nobody wants any more.
    synchronized void forget() throws IOException {
        Instant wanted = Instant.now().minus(KEPT);
        while (!parts.isEmpty()
                && (parts.size() > MAX_PARTS || parts.getFirst().end().isBefore(wanted))) {
            Files.deleteIfExists(parts.removeFirst().file());
        }
    }
}
