package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `client-html/package.json` promises to those who install the client from npm.
class SdkPackageTest {
    private static final Path FILES = Path.of("..", "client-html");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>heddle-parent</artifactId>\\s*<version>(.*)</version>");

    private JsonNode description;

    @BeforeEach
    void read() throws IOException {
        description = new JsonMapper().readTree(FILES.resolve("package.json").toFile());
    }

    @Test
    void hasTheVersionOfTheServer() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertTrue(version.find());
        assertEquals(version.group(1), description.path("version").asText());
    }

    @Test
    void isOneModuleWithTypesWhichABundlerMayLeaveOut() {
        assertEquals("module", description.path("type").asText());
        assertFalse(description.path("sideEffects").asBoolean(true));
        JsonNode main = description.path("exports").path(".");
        for (String file :
                new String[] {main.path("types").asText(), main.path("default").asText()}) {
            assertTrue(Files.exists(FILES.resolve(file)), file);
        }
        assertEquals(main.path("types"), description.path("types"));
    }

    /// A script would run on the machine of whoever installs it.
    @Test
    void needsNothingElseAndBuildsNothing() {
        for (String field : new String[] {"dependencies", "peerDependencies", "scripts", "bin"}) {
            assertTrue(description.path(field).isMissingNode(), field);
        }
    }
}
