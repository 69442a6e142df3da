package dev.heddle.support;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// A Node.js that runs JavaScript for a test, piece after piece in one global scope. **Not
/// thread-safe.**
public final class NodeScript implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final Process process;
    private final Writer bodies;
    private final BufferedReader answers;

    public NodeScript() throws IOException, URISyntaxException {
        URL found = Objects.requireNonNull(getClass().getResource("/sdk/node_host.mjs"));
        String node = TestTools.require("node").toString();
        process =
                new ProcessBuilder(node, Path.of(found.toURI()).toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        bodies = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Runs the body of a function and returns what it returned or what its promise became; blocks
    /// until then.
    ///
    /// @throws IllegalStateException if it threw
    public Object run(String body) {
        try {
            bodies.write(JSON.writeValueAsString(body) + '\n');
            bodies.flush();
            String line = answers.readLine();
            Map<?, ?> answer = JSON.readValue(Objects.requireNonNull(line, "it ended"), Map.class);
            if (answer.containsKey("error")) {
                throw new IllegalStateException(String.valueOf(answer.get("error")));
            }
            return Objects.requireNonNull(answer.get("value"), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends its process a signal, as `kill -STOP` does.
    public void signal(String name) {
        try {
            String id = Long.toString(process.pid());
            new ProcessBuilder("kill", "-" + name, id).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
