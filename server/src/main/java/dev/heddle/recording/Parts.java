package dev.heddle.recording;

import dev.heddle.config.JfrSettings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// The events that earlier dumps have taken out of JFR's memory and later ones may want too, as
/// files. Kept for as long as the ring goes back, or the longest recording that was begun before it
/// was taken; and bounded in bytes. Belongs to one thread at a time.
final class Parts {
    /// The size that the parts may have together, unless the memory is larger than a quarter of it.
    static final long LEAST_BOUND_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final int MEMORIES = 4;

    /// The longest recording that somebody can ask for, and a minute to write it.
    private static final Duration LEAST_KEPT = Duration.ofMinutes(6);

    private final Path folder;
    private final long maxBytes;
    private final Duration kept;
    private final InstantSource clock;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long last;

    /// The events of one dump. Recordings one after the other are a recording.
    private record Part(Path file, long bytes, Instant end) {}

    /// @param folder that exists, and belongs to this process alone
    Parts(Path folder, JfrSettings settings, InstantSource clock) {
        this.folder = folder;
        this.maxBytes = Math.max(LEAST_BOUND_BYTES, MEMORIES * settings.maxRingBytes());
        this.kept = settings.ring().compareTo(LEAST_KEPT) > 0 ? settings.ring() : LEAST_KEPT;
        this.clock = clock;
    }

    /// The file for the next one, which the caller writes and then adds.
    Path next() {
        return folder.resolve("part-" + ++last + ".jfr");
    }

    /// Keeps what was taken until now.
    void add(Path file) throws IOException {
        parts.addLast(new Part(file, Files.size(file), clock.instant()));
        forget();
    }

    /// Writes all that were taken after that to a new file.
    void join(Instant since, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (Part part : parts) {
                if (part.end().isAfter(since)) {
                    Files.copy(part.file(), out);
                }
            }
        }
    }

    /// Deletes what nobody wants any more, and the oldest if there are too many bytes. The newest
    /// stays, since it is about to be joined.
    void forget() {
        Instant wanted = clock.instant().minus(kept);
        long bytes = parts.stream().mapToLong(Part::bytes).sum();
        while (!parts.isEmpty()
                && (parts.getFirst().end().isBefore(wanted)
                        || (bytes > maxBytes && parts.size() > 1))) {
            Part oldest = parts.removeFirst();
            bytes -= oldest.bytes();
            try {
                Files.deleteIfExists(oldest.file());
            } catch (IOException left) { // until the process ends, with its folder
                LOG.warn("{} cannot be deleted: {}", oldest.file(), left.toString());
            }
        }
    }
}
