package dev.heddle.recording;

import dev.heddle.config.JfrSettings;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// The recording that always runs, of which the last minutes are kept on disk, in JFR's own folder
/// (`java.io.tmpdir`, unless the JVM's options say otherwise), until it is closed.
///
/// It should begin before the code is compiled that it changes: what compiles first without it is
/// compiled again.
///
/// **Thread-safe.**
public final class Ring implements AutoCloseable {
    private final RecordingStream stream;

    private Ring(RecordingStream stream) {
        this.stream = stream;
    }

    /// Starts it, unless it is switched off. Takes about a quarter of a second the first time.
    ///
    /// @throws IOException when JFR cannot record: its folder cannot be written, for example
    public static Optional<Ring> start(JfrSettings settings) throws IOException {
        if (settings.ring().isZero()) {
            return Optional.empty();
        }
        try {
            RecordingStream stream = new RecordingStream();
            stream.setSettings(Template.HEDDLE.settings());
            stream.setMaxAge(settings.ring());
            stream.setMaxSize(settings.maxRingBytes());
            stream.startAsync();
            return Optional.of(new Ring(stream));
        } catch (IllegalStateException unavailable) {
            throw new IOException(unavailable);
        }
    }

    /// Has each event of that name told, about a second after it happened, on the one thread that
    /// reads them all.
    void on(String event, Consumer<RecordedEvent> action) {
        stream.onEvent(event, action);
    }

    /// Forgets what [#on] was told.
    void forget(Consumer<RecordedEvent> action) {
        stream.remove(action);
    }

    /// Writes what is kept to a file. Blocks until that is done.
    ///
    /// @param file new, or overwritten
    void dump(Path file) throws IOException {
        try {
            stream.dump(file);
        } catch (IllegalStateException closed) {
            throw new IOException("the recording has ended", closed);
        }
    }

    /// Ends it; what was kept is gone.
    @Override
    public void close() {
        stream.close();
    }
}
