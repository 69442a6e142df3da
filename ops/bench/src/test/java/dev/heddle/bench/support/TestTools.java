package dev.heddle.bench.support;

import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The programs that tests drive, where `ops/test-setup` found them. The server's tests have one of
/// the same name, which is no part of its jar.
public final class TestTools {
    private static final Path FOUND =
            Path.of("..", "..", "server", "target", "test-tools.properties");

    private TestTools() {}

    /// Where a tool is. Without it the calling test is left out, and says so; or fails, when
    /// `HEDDLE_REQUIRE_ALL_TESTS` is `true`.
    ///
    /// @param tool its key in the properties file
    public static File require(String tool) throws IOException {
        Properties found = new Properties();
        if (Files.exists(FOUND)) {
            try (Reader reader = Files.newBufferedReader(FOUND)) {
                found.load(reader);
            }
        }
        if (found.containsKey(tool)) {
            return new File(found.getProperty(tool));
        }
        String missing = "%s is not in %s; run ops/test-setup".formatted(tool, FOUND);
        if (Boolean.parseBoolean(System.getenv("HEDDLE_REQUIRE_ALL_TESTS"))) {
            throw new AssertionFailedError(missing);
        }
        System.err.println("#### TESTS LEFT OUT: " + missing);
        throw new TestAbortedException(missing);
    }
}
