package dev.heddle.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder of recordings, bounded in their number and bytes. Belongs to one thread.
///
/// @param folder made when it is needed, for its owner alone
/// @param maxFiles of recordings
/// @param maxBytes of all of them; the newest stays even if it has more alone
record IncidentFiles(Path folder, int maxFiles, long maxBytes) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String PREFIX = "heddle-";
    private static final String SUFFIX = ".jfr";

    /// The file for an incident, which the caller writes. Its name sorts by time.
    ///
    /// @param reason one of a few fixed texts
    Path next(String reason, Instant now) throws IOException {
        OwnFolder.require(folder);
        return folder.resolve(PREFIX + TIME.format(now) + '-' + reason.replace(' ', '-') + SUFFIX);
    }

    /// Deletes the oldest recordings until the bounds hold.
    void tidy() throws IOException {
        List<Path> files = new ArrayList<>(recordings());
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        while (files.size() > maxFiles || (bytes > maxBytes && files.size() > 1)) {
            Path oldest = files.removeFirst();
            bytes -= Files.size(oldest);
            Files.delete(oldest);
        }
    }

    /// The recordings that are there, the oldest first; not what else is in the folder.
    private List<Path> recordings() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(
                            file -> {
                                String name = file.getFileName().toString();
                                return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
                            })
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }
}
