package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.TestTools;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A folder in which somebody uses the client as npm packs and installs it. Programs that run there
/// find the packages of `ops/test-setup`, and no network.
record NpmProject(Path folder) {
    private static final Path CLIENT = Path.of("..", "client-html").toAbsolutePath();

    /// What `npm pack` says of the archive that it makes here.
    JsonNode pack() throws IOException, InterruptedException {
        String said = run(TestTools.require("npm"), "pack", CLIENT, "--json", "--offline");
        return new JsonMapper().readTree(said).path(0);
    }

    /// Packs the client, and installs the archive.
    void install() throws IOException, InterruptedException {
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

    /// The JavaScript for browsers that esbuild makes of a script here, without what nobody needs.
    byte[] bundle(String script) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("app.js"), script);
        run("esbuild", "app.js", "--bundle", "--minify", "--format=esm", "--outfile=bundle.js");
        return Files.readAllBytes(folder.resolve("bundle.js"));
    }

    /// What a program prints; an `AssertionError` when it fails.
    String run(Object... command) throws IOException, InterruptedException {
        return runIn(folder, command);
    }

    /// The same in a folder of this one.
    String runIn(Path where, Object... command) throws IOException, InterruptedException {
        Path modules = TestTools.require("nodeModules");
        List<String> path =
                List.of(
                        modules.resolve(".bin").toString(),
                        String.valueOf(TestTools.require("node").getParent()),
                        System.getenv("PATH"));
        // Through env, which looks for the program on the path that it is given.
        ProcessBuilder builder = new ProcessBuilder("env");
        for (Object word : command) {
            builder.command().add(word.toString());
        }
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH", String.join(File.pathSeparator, path),
                                "NODE_PATH", modules.toString(),
                                "npm_config_cache", folder.resolve("cache").toString(),
                                "npm_config_update_notifier", "false"));
        Path errors = folder.resolve("errors");
        Process process = builder.directory(where.toFile()).redirectError(errors.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertEquals(0, code, said + Files.readString(errors));
        return said;
    }
}
