package dev.heddle.support;

import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The programs that tests drive, where `ops/test-setup` found them.
public final class TestTools {
    private static final Path FOUND = Path.of("target", "test-tools.properties");

    private TestTools() {}

    /// Where a tool is. Without it the calling test is left out, and says so; or fails, when
    /// `HEDDLE_REQUIRE_ALL_TESTS` is `true`.
    ///
    /// @param tool its key in the properties file: `chromium`, `node`, `python3`, …
    public static Path require(String tool) {
        String path = found().getProperty(tool, "");
        if (!path.isEmpty()) {
            return Path.of(path);
        }
        String missing = "%s is not in %s; run ops/test-setup".formatted(tool, FOUND);
        if (Boolean.parseBoolean(System.getenv("HEDDLE_REQUIRE_ALL_TESTS"))) {
            throw new AssertionFailedError(missing);
        }
        System.err.println("#### TESTS LEFT OUT: " + missing);
        throw new TestAbortedException(missing);
    }

    private static Properties found() {
        Properties found = new Properties();
        if (Files.exists(FOUND)) {
            try (Reader reader = Files.newBufferedReader(FOUND)) {
                found.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
