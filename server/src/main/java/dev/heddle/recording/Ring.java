package dev.heddle.recording;

import dev.heddle.config.JfrSettings;

import jdk.jfr.Recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The recording that always runs, of which the last minutes are kept on disk, in JFR's own folder
/// (`java.io.tmpdir`, unless the JVM's options say otherwise), until it is closed.
///
/// Nobody reads along: a stream of events would parse them once a second, and remember each thread
/// that has one. It should begin before the code is compiled that it changes: what compiles first
/// without it is compiled again.
///
/// **Thread-safe.**
public final class Ring implements AutoCloseable {
    private final Recording recording;

    private Ring(Recording recording) {
        this.recording = recording;
    }

    /// Starts it, unless it is switched off. Takes about a quarter of a second the first time.
    ///
    /// @throws IOException when JFR cannot record: its folder cannot be written, or its disk has no
    ///   room
    public static Optional<Ring> start(JfrSettings settings) throws IOException {
        if (settings.ring().isZero()) {
            return Optional.empty();
        }
        Disk.require();
        try {
            Recording recording = new Recording(Template.HEDDLE.settings());
            recording.setName("heddle ring");
            recording.setMaxAge(settings.ring());
            recording.setMaxSize(settings.maxRingBytes());
            recording.start();
            return Optional.of(new Ring(recording));
        } catch (IllegalStateException unavailable) {
            throw new IOException(unavailable);
        }
    }

    /// Writes what is kept to a file. Blocks until that is done.
    ///
    /// @param file new, or overwritten
    void dump(Path file) throws IOException {
        try {
            recording.dump(file);
        } catch (IllegalStateException closed) {
            throw new IOException("the recording has ended", closed);
        }
    }

    /// Ends it; what was kept is gone.
    @Override
    public void close() {
        recording.close();
    }
}
