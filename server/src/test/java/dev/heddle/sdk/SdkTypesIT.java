package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Document;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The types of the client's modules, as TypeScript checks them.
class SdkTypesIT {
    private static final Path FILES = Path.of("..", "client-html");

    @TempDir private Path folder;

    @Test
    void everyModuleIsTypedRightly() throws Exception {
        try (Stream<Path> files = Files.list(FILES)) {
            assertEquals("", check(files.map(Path::toString).filter(this::isTyped).toList()));
        }
    }

    @Test
    void theDeclarationsSayWhatTheModuleIs() throws Exception {
        URL types = Objects.requireNonNull(getClass().getResource("/sdk/types.ts"));
        Files.copy(Path.of(types.toURI()), folder.resolve("types.ts"));
        Files.copy(FILES.resolve("heddle.d.ts"), folder.resolve("heddle.d.ts"));
        Files.copy(FILES.resolve("heddle.js"), folder.resolve("implementation.js"));
        assertEquals("", check(List.of(folder.resolve("types.ts").toString())));
    }

    @Test
    void theDeclarationsSayWhatALiveServerAnswers() throws Exception {
        Map<String, String> rules =
                Map.of(
                        "HEDDLE_CHANNELS_RULES",
                        "t:* publish=users presence=users joins=true grace=0s");
        String answers;
        try (Sdk sdk = new Sdk(NodeRuns::new, rules)) {
            sdk.run(resource("live.js"));
            sdk.call("PUT", "users/Ada/subscriptions/t:2", "");
            sdk.await("told.subscription");
            sdk.call("DELETE", "users/Ada/subscriptions/t:2", "");
            sdk.await("told.unsubscribed && told.join && told.leave");
            answers = String.valueOf(sdk.value("typed()"));
        }
        Files.copy(FILES.resolve("heddle.d.ts"), folder.resolve("heddle.d.ts"));
        Path live = folder.resolve("live.ts");
        Files.writeString(live, "import * as declared from './heddle.js';\n" + answers);
        assertEquals("", check(List.of(live.toString())), answers);
    }

    @Test
    void theExampleOfThePageIsTyped() throws Exception {
        Files.copy(FILES.resolve("heddle.d.ts"), folder.resolve("heddle.d.ts"));
        String example = Document.of(FILES.resolve("README.md")).code("js").getFirst();
        Path script = Files.writeString(folder.resolve("readme.js"), example);
        assertEquals("", check(List.of(script.toString())), example);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SdkTypesIT.class.getResourceAsStream("/sdk/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean isTyped(String file) {
        return file.endsWith(".js") || file.endsWith(".ts");
    }

    /// What the compiler says of files.
    private static String check(List<String> files)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(TestTools.require("node").toString());
        Path compiler = Path.of("typescript", "bin", "tsc");
        command.add(TestTools.require("nodeModules").resolve(compiler).toString());
        command.addAll(
                List.of("--noEmit", "--strict", "--allowJs", "--checkJs", "--target", "es2024"));
        command.addAll(List.of("--module", "esnext", "--moduleResolution", "bundler"));
        command.addAll(List.of("--lib", "es2024,dom,dom.iterable,dom.asynciterable"));
        command.addAll(files);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
