package dev.heddle.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.json.Json;
import dev.heddle.support.FreePort;
import dev.heddle.support.Soon;
import dev.heddle.support.TestTools;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A service in another language, in a process of its own: `gateway/service.py`, which says what it
/// can be told. It keeps its port and its log when it is started again.
final class PythonService implements AutoCloseable {
    private static final Path SCRIPT = Path.of("src", "test", "resources", "gateway", "service.py");

    private final Path script;
    private final List<String> arguments;
    private final Path log;
    private final Path said;
    private final int port;
    private @Nullable Process process;

    private PythonService(Path script, int port, List<String> arguments) throws IOException {
        this.script = script;
        this.arguments = arguments;
        this.log = Files.createTempFile("service", ".log");
        this.said = Files.createTempFile("service", ".out");
        this.port = port;
        start();
    }

    /// One that is told what to do.
    ///
    /// @param secret that signatures are checked with
    static PythonService start(String secret) throws IOException {
        return start(SCRIPT, secret);
    }

    /// Another script that takes the same arguments.
    static PythonService start(Path script, String secret) throws IOException {
        return new PythonService(script, FreePort.find(), List.of(secret));
    }

    /// Where it takes events.
    String url() {
        return "http://127.0.0.1:" + port + "/events";
    }

    /// Starts it, again if it has ended. Blocks until it listens.
    void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(TestTools.require("python3").toString());
        command.add(script.toString());
        command.add(Integer.toString(port));
        command.add(log.toString());
        command.addAll(arguments);
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                        .start();
        Soon.until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// Ends it at once.
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /// Sends it a signal: `STOP` or `CONT`.
    void signal(String name) throws IOException, InterruptedException {
        Process running = process;
        if (running != null) {
            new ProcessBuilder("kill", "-" + name, Long.toString(running.pid())).start().waitFor();
        }
    }

    /// What it was told so far.
    List<JsonNode> events() {
        try {
            List<JsonNode> events = new ArrayList<>();
            String text = Files.readString(log);
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                events.add(Json.read(line));
            }
            return events;
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// What it was told of that kind: `connect`.
    List<JsonNode> events(String kind) {
        return events().stream()
                .filter(event -> event.path("ce-type").asText().equals("heddle." + kind))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
        Files.deleteIfExists(said);
    }
}
