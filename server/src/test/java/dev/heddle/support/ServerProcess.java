package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Assertions;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The packaged server in a process of its own, on free ports of the loopback address.
public final class ServerProcess implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "heddle.jar");
    private static final List<String> PORTS =
            List.of("--host", "127.0.0.1", "--port", "0", "--internal-port", "0");
    private static final Pattern PORT = Pattern.compile("https?://127\\.0\\.0\\.1:(\\d+)/");

    /// What the server logs when a virtual thread has held its carrier for more than 20 ms.
    private static final Pattern PINNED =
            Pattern.compile(
                    "(?m)a virtual thread held its carrier for \\d+ ms: (.*); at (.*?)( \\(|$)");

    /// Of all servers that the tests of this JVM start.
    private static final PinPlaces PIN_PLACES = new PinPlaces();

    private final Process process;
    private final Path errors;
    private final List<Integer> ports = new ArrayList<>();
    private final List<String> banner = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    /// Starts it and waits until it serves. It takes SIGINT and SIGHUP even if tests run in the
    /// background, or under nohup, where a shell lets all that it starts ignore them.
    ///
    /// @param shell what the shell does first, such as `ulimit -n 256;`
    public ServerProcess(String shell, String... arguments) throws IOException {
        this(
                new ProcessBuilder(
                        "bash",
                        "-c",
                        "%s exec env --default-signal=INT,HUP %s %s %s"
                                .formatted(
                                        shell,
                                        String.join(" ", ClassArchive.command(JAVA, JAR)),
                                        String.join(" ", PORTS),
                                        String.join(" ", arguments))));
    }

    /// Starts it with another program, and waits until it serves.
    ///
    /// @param program the command, to which the ports are added
    /// @param variables of its environment
    public ServerProcess(List<String> program, Map<String, String> variables) throws IOException {
        this(with(variables, new ProcessBuilder(program)));
    }

    private ServerProcess(ProcessBuilder builder) throws IOException {
        errors = Files.createTempFile("heddle", ".log");
        builder.environment().keySet().removeIf(name -> name.startsWith("HEDDLE_"));
        builder.environment().put("HEDDLE_WARM_UP", "0s");
        TestTransport.addTo(builder.environment());
        builder.environment().put("HEDDLE_JFR_PINNED_THREADS", "true");
        process = builder.redirectError(errors.toFile()).start();
        BufferedReader out = process.inputReader();
        String line;
        do {
            line = out.readLine();
            assertNotNull(line, () -> "ended before it served: " + log());
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                ports.add(Integer.valueOf(port.group(1)));
            }
            banner.add(line);
        } while (!line.startsWith("Ctrl-C"));
    }

    public int port() {
        return ports.getFirst();
    }

    public int internalPort() {
        return ports.getLast();
    }

    public Process process() {
        return process;
    }

    /// Sends a signal, as `kill -TERM` does.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// Waits for the end and returns the exit code.
    public int awaitEnd(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after " + seconds + " s: " + log());
        }
        return process.exitValue();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(port(), path);
    }

    public HttpResponse<String> getInternal(String path) throws IOException, InterruptedException {
        return get(internalPort(), path);
    }

    /// Posts nothing to its internal port.
    public HttpResponse<String> postInternal(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + internalPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
        return http.send(request, BodyHandlers.ofString());
    }

    /// What it told its operator when it began to serve.
    public List<String> banner() {
        return banner;
    }

    /// What it has logged.
    public String log() {
        try {
            return Files.readString(errors);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /// Ends it, and fails if it has said that virtual threads held their carriers where this or
    /// another server has said it before.
    @Override
    public void close() throws IOException {
        http.shutdownNow();
        process.destroyForcibly();
        String log = log();
        Files.deleteIfExists(errors);
        PINNED.matcher(log)
                .results()
                .filter(pin -> PIN_PLACES.isSecond(pin.group(1), pin.group(2)))
                .findFirst()
                .ifPresent(pin -> Assertions.fail(pin.group()));
    }

    private static ProcessBuilder with(Map<String, String> variables, ProcessBuilder builder) {
        builder.environment().putAll(variables);
        builder.command(Stream.concat(builder.command().stream(), PORTS.stream()).toList());
        return builder;
    }

    private HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
