package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// What `heddle.js` weighs and needs.
class SdkFileTest {
    private static final Path FILE = Path.of("..", "client-html", "heddle.js");

    @Test
    void fitsInto8KiBWithItsComments() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(Files.readAllBytes(FILE));
        }
        assertTrue(zipped.size() <= 8192, () -> zipped.size() + " bytes");
    }

    @Test
    void needsNoOtherModule() throws IOException {
        assertFalse(Files.readString(FILE).lines().anyMatch(line -> line.startsWith("import ")));
    }
}
