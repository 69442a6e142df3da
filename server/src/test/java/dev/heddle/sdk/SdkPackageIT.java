package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// The client as npm packs and installs it (see `install.md`), in a project of its own.
class SdkPackageIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    /// It is 76 KB today, most of it comments and types; a bundler leaves them out.
    private static final int MAX_UNPACKED_BYTES = 90_000;

    private static final int MAX_PACKED_BYTES = 22_000;

    /// Of all that there is, in a bundle: today 15.7 KB, and 6.3 KB of them zipped.
    private static final int MAX_BUNDLED_BYTES = 18_000;

    private static final int MAX_ZIPPED_BYTES = 7_200;

    /// Of a function that needs nothing else: 179 today.
    private static final int MAX_FUNCTION_BYTES = 250;

    @TempDir private Path folder;
    private NpmProject project;

    @BeforeEach
    void make() {
        project = new NpmProject(folder);
    }

    @Test
    void theArchiveHasTheModuleAndItsTypesAndIsSmall() throws Exception {
        JsonNode packed = project.pack();
        Set<String> files = new TreeSet<>();
        packed.path("files").forEach(file -> files.add(file.path("path").asText()));
        assertEquals(Set.of("README.md", "heddle.d.ts", "heddle.js", "package.json"), files);
        assertTrue(packed.path("size").asInt() <= MAX_PACKED_BYTES, packed::toString);
        assertTrue(packed.path("unpackedSize").asInt() <= MAX_UNPACKED_BYTES, packed::toString);
    }

    @Test
    void whatIsInstalledConnectsToAServer() throws Exception {
        project.install();
        Path script = folder.resolve("app.mjs");
        Files.writeString(
                script,
                """
                import { Heddle } from 'heddle-client';
                const heddle = new Heddle('ws://127.0.0.1:%d/acc', { user: 'ann' });
                heddle.addEventListener('state', ({ detail }) => {
                    if (detail.state === 'connected') {
                        console.log('connected');
                        heddle.close();
                    }
                });
                heddle.connect();
                """
                        .formatted(SERVER.port()));
        assertEquals("connected\n", project.run(TestTools.require("node"), script));
    }

    @Test
    void whatIsInstalledIsTyped() throws Exception {
        project.install();
        Path script = folder.resolve("app.ts");
        Files.writeString(
                script,
                """
                import { Heddle, type ClientStateChange } from 'heddle-client';
                const heddle: Heddle = new Heddle('ws://127.0.0.1/acc', { user: 'ann' });
                export const last: ClientStateChange | null = null;
                // @ts-expect-error: a number is no address
                new Heddle(1);
                heddle.close();
                """);
        Path tsc = TestTools.require("nodeModules").resolve(Path.of("typescript", "bin", "tsc"));
        assertEquals(
                "",
                project.run(
                        TestTools.require("node"),
                        tsc,
                        "--noEmit",
                        "--strict",
                        "--module",
                        "nodenext",
                        "--target",
                        "es2024",
                        "--lib",
                        "es2024,dom",
                        script));
    }

    @Test
    void aBundleHasOnlyWhatIsImported() throws Exception {
        project.install();
        byte[] all = project.bundle("export * from 'heddle-client';");
        assertTrue(all.length <= MAX_BUNDLED_BYTES, () -> all.length + " bytes");
        int zipped = Gzip.size(all);
        assertTrue(zipped <= MAX_ZIPPED_BYTES, () -> zipped + " bytes");
        byte[] part = project.bundle("export { backoffMs } from 'heddle-client';");
        assertTrue(part.length <= MAX_FUNCTION_BYTES, () -> part.length + " bytes");
        byte[] nothing = project.bundle("import { Heddle } from 'heddle-client';");
        assertEquals("", new String(nothing, StandardCharsets.UTF_8).strip());
    }
}
