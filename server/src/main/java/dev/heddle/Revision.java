package dev.heddle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// The commit that the server was built from.
///
/// @param commit the first twelve digits of its id
/// @param date the day of the commit, such as `2026-01-31`
/// @param isChanged whether files were changed and not committed
public record Revision(String commit, String date, boolean isChanged) {
    private static final int DIGITS = 12;

    /// The first is written by a build that has a `.git`, the second by `git archive`.
    private static final List<String> FILES = List.of("commit.properties", "archive.properties");

    /// The revision of this server; empty if the build knew none.
    public static Optional<Revision> ofThisServer() {
        return FILES.stream().map(Revision::read).flatMap(Optional::stream).findFirst();
    }

    /// Reads one from what a build has written; empty if nothing is known.
    static Optional<Revision> of(Properties written) {
        String commit = written.getProperty("git.commit.id.full", "");
        String date = written.getProperty("git.commit.time", "");
        if (!commit.matches("[0-9a-f]{12,}")) {
            return Optional.empty();
        }
        boolean isChanged = Boolean.parseBoolean(written.getProperty("git.dirty"));
        return Optional.of(new Revision(commit.substring(0, DIGITS), date, isChanged));
    }

    @Override
    public String toString() {
        return "commit " + commit + " of " + date + (isChanged ? " with changes" : "");
    }

    private static Optional<Revision> read(String file) {
        try (InputStream in = Revision.class.getResourceAsStream(file)) {
            if (in == null) {
                return Optional.empty();
            }
            Properties written = new Properties();
            written.load(in);
            return of(written);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
