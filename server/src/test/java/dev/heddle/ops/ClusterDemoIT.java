package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.AccClient;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.Soon;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `ops/heddle cluster demo`.
class ClusterDemoIT {
    private static final Path LAUNCHER = Path.of("..", "ops", "heddle");
    private static final Pattern FRONT = Pattern.compile("front page +http://127.0.0.1:(\\d+)/");
    private static final Pattern DASHBOARD = Pattern.compile("dashboard +http://127.0.0.1:(\\d+)/");
    private static final Pattern CONNECTED = Pattern.compile("(?m)^heddle_connections 1$");

    @TempDir private Path folder;

    /// The demo, and what it has started.
    private final List<ProcessHandle> all = new ArrayList<>();

    /// A demo that serves.
    ///
    /// @param told what it has said
    private record Demo(Process process, String told) {}

    /// Even if it has not ended them.
    @AfterEach
    void endAll() {
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatIsPublishedAtOneNodeReachesASubscriberOfAnotherThroughNginx() throws Exception {
        TestTools.require("nginx");
        Demo demo = start();
        int front = ports(FRONT, demo.told()).getFirst();
        List<Integer> internal = ports(DASHBOARD, demo.told());
        assertEquals(3, internal.size(), demo.told());
        try (AccClient subscriber = AccClient.login(front, 0, "anna")) {
            subscriber.request("subscribe", "{\"channel\":\"x\"}");
            assertTrue(subscriber.next().contains("\"code\":200"));
            HttpAnswer answer = publish(another(internal));
            assertEquals(200, answer.status(), answer::toString);
            String pushed = subscriber.next();
            assertTrue(pushed.contains("\"data\":\"hello\""), pushed);
        }
        long pid = demo.process().pid();
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        requireNothingLeft(demo, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/redis-server", "/bin/java"})
    void endsAllWhenOneOfThemEnds(String program) throws Exception {
        Demo demo = start();
        ProcessHandle one =
                all.stream()
                        .filter(each -> commandLine(each).contains(program))
                        .findFirst()
                        .orElseThrow();
        one.destroyForcibly();
        requireNothingLeft(demo, 1);
    }

    /// Starts it, and waits until all of it serves.
    private Demo start() throws IOException {
        TestTools.require("redis");
        ProcessBuilder builder =
                new ProcessBuilder(
                        "env", "--default-signal=INT,HUP", LAUNCHER.toString(), "cluster", "demo");
        builder.environment().put("TMPDIR", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HEDDLE_AOT", "false");
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        Process demo = builder.redirectErrorStream(true).start();
        all.add(demo.toHandle());
        List<String> lines = new ArrayList<>();
        BufferedReader out = demo.inputReader();
        do {
            String line = out.readLine();
            assertNotNull(line, lines::toString);
            lines.add(line);
        } while (!lines.getLast().startsWith("Ctrl-C"));
        all.addAll(demo.descendants().toList());
        return new Demo(demo, String.join("\n", lines));
    }

    private void requireNothingLeft(Demo demo, int exitCode) throws Exception {
        assertTrue(demo.process().waitFor(60, TimeUnit.SECONDS));
        assertEquals(exitCode, demo.process().exitValue());
        Soon.until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertTrue(all.size() > 5, all::toString);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /// The internal port of a node to which nobody has connected.
    private static int another(List<Integer> internal) throws IOException {
        for (int port : internal) {
            String metrics = ApiClient.text(new ApiClient(port).ask("GET", "/metrics"));
            if (!CONNECTED.matcher(metrics).find()) {
                return port;
            }
        }
        throw new AssertionError("all nodes have a connection");
    }

    /// As the kernel has it: some programs are links to others.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static HttpAnswer publish(int internal) throws IOException {
        return new ApiClient(internal)
                .ask(
                        "POST",
                        "/api/v1/channels/x/publications",
                        "application/json",
                        "{\"data\":\"hello\"}");
    }

    private static List<Integer> ports(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> Integer.valueOf(found.group(1)))
                .toList();
    }
}
