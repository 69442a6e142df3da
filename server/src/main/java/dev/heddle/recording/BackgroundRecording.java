package dev.heddle.recording;

import dev.heddle.config.JfrSettings;

import jdk.jfr.Recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The recording that always runs. It keeps its events in memory, so that JFR needs no file while
/// nobody wants to see them: JFR ends the JVM when it cannot write.
///
/// Nobody reads along: a stream of events would parse them once a second, and remember each thread
/// that has one. It should begin before the code is compiled that it changes: what compiles first
/// without it is compiled again.
///
/// **Thread-safe.**
public final class BackgroundRecording implements AutoCloseable {
    /// Connections after which the ring begins anew. JFR keeps about 120 bytes for each thread that
    /// has had an event, for as long as the recording lasts.
    private static final int MAX_CONNECTIONS = 100_000;

    private final JfrMemory memory;
    private final Duration kept;

    // Guarded by this.
    private Recording recording;
    private long connectionsBefore;
    private boolean closed;

    private BackgroundRecording(JfrMemory memory, Duration kept) throws IOException {
        this.memory = memory;
        this.kept = kept;
        this.recording = JfrMemory.begin("ring", Template.HEDDLE);
    }

    /// Starts it, unless it is switched off. Takes about a quarter of a second the first time.
    ///
    /// @throws IOException when JFR cannot record: its folder cannot be made, for example
    public static Optional<BackgroundRecording> start(JfrSettings settings) throws IOException {
        return settings.ring().isZero()
                ? Optional.empty()
                : Optional.of(
                        new BackgroundRecording(
                                JfrMemory.ofThisProcess(settings), settings.ring()));
    }

    /// Begins the recording anew if there were so many connections that JFR holds much memory for
    /// them, or if somebody else begins or ends to record to disk. Its earlier events are lost.
    ///
    /// @param connections that there were since the server's start
    /// @throws IOException if JFR cannot begin again
    synchronized void renew(long connections) throws IOException {
        if (closed) {
            return;
        }
        memory.forget();
        if (connections - connectionsBefore >= MAX_CONNECTIONS
                || recording.isToDisk() != JfrMemory.isWrittenByOthers()) {
            connectionsBefore = connections;
            recording.close();
            recording = JfrMemory.begin("ring", Template.HEDDLE);
        }
    }

    /// Writes what is kept to a file. Blocks until that is done.
    ///
    /// @param file new, or replaced; deleted again if it cannot be written
    /// @throws IOException if there is no room for it
    synchronized void dump(Path file) throws IOException {
        memory.write(recording, Instant.now().minus(kept), file);
    }

    /// Ends the recording; its events are lost.
    @Override
    public synchronized void close() {
        closed = true;
        recording.close();
    }
}
