package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The client as npm packs and installs it, in a project of its own.
class SdkPackageIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private static final Path FILES = Path.of("..", "client-html").toAbsolutePath();

    /// It is 76 KB today, most of it comments and types; a bundler leaves them out.
    private static final int MAX_UNPACKED_BYTES = 90_000;

    private static final int MAX_PACKED_BYTES = 22_000;

    @TempDir private Path folder;

    @Test
    void theArchiveHasTheModuleAndItsTypesAndIsSmall() throws Exception {
        JsonNode packed = pack();
        Set<String> files = new TreeSet<>();
        packed.path("files").forEach(file -> files.add(file.path("path").asText()));
        assertEquals(Set.of("README.md", "heddle.d.ts", "heddle.js", "package.json"), files);
        assertTrue(packed.path("size").asInt() <= MAX_PACKED_BYTES, packed::toString);
        assertTrue(packed.path("unpackedSize").asInt() <= MAX_UNPACKED_BYTES, packed::toString);
    }

    @Test
    void whatIsInstalledConnectsToAServer() throws Exception {
        install();
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
        assertEquals("connected\n", run(TestTools.require("node"), script));
    }

    @Test
    void whatIsInstalledIsTyped() throws Exception {
        install();
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
                run(
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

    private JsonNode pack() throws Exception {
        String said = run(TestTools.require("npm"), "pack", FILES, "--json", "--offline");
        return new JsonMapper().readTree(said).path(0);
    }

    private void install() throws Exception {
        String archive = pack().path("filename").asText();
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        run(
                TestTools.require("npm"),
                "install",
                "--offline",
                "--no-audit",
                "--no-fund",
                folder.resolve(archive));
    }

    /// What it prints; an `AssertionError` when it fails.
    private String run(Object... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command).stream().map(Object::toString).toList());
        builder.environment()
                .putAll(
                        Map.of(
                                "npm_config_cache",
                                folder.resolve("cache").toString(),
                                "npm_config_update_notifier",
                                "false"));
        Path errors = folder.resolve("errors");
        Process process = builder.directory(folder.toFile()).redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> said + errors);
        return said;
    }
}
