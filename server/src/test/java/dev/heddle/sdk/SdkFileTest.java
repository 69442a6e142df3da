package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `heddle.js` weighs and needs.
class SdkFileTest {
    private static final Path FILE = Path.of("..", "client-html", "heddle.js");

    /// It was 8 KiB before the client kept to the server's limits, got much in parts, and let
    /// callbacks do anything: each has taken its place.
    @Test
    void fitsInto12KiBWithItsComments() throws IOException {
        int zipped = Gzip.size(Files.readAllBytes(FILE));
        assertTrue(zipped <= 12 * 1024, () -> zipped + " bytes");
    }

    @Test
    void needsNoOtherModule() throws IOException {
        assertFalse(Files.readString(FILE).lines().anyMatch(line -> line.startsWith("import ")));
    }
}
