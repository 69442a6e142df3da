package dev.heddle.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real redis-server on a free port of loopback, with a folder of its own.
public final class RedisServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    /// Starts it and waits until it answers.
    ///
    /// @param options of its command line
    public RedisServer(String... options) throws IOException {
        this("save \"\"\n", List.of(options));
    }

    private RedisServer(String configuration, List<String> options) throws IOException {
        folder = Files.createTempDirectory("heddle-redis");
        port = FreePort.find();
        Path file = Files.writeString(folder.resolve("redis.conf"), configuration);
        command =
                new ArrayList<>(
                        List.of(
                                TestTools.require("redis").toString(),
                                file.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--dir",
                                folder.toString()));
        command.addAll(options);
        process = launch();
    }

    /// A Sentinel that watches a primary, and takes another server in its place, if two agree, soon
    /// after it has fallen silent.
    ///
    /// @param name under which it knows the primary
    /// @param more lines of its configuration
    public static RedisServer sentinel(String name, RedisServer primary, String... more)
            throws IOException {
        String configuration =
                """
                sentinel monitor %1$s 127.0.0.1 %2$d 2
                sentinel down-after-milliseconds %1$s 1000
                sentinel failover-timeout %1$s 5000
                """
                        .formatted(name, primary.port);
        return new RedisServer(configuration + String.join("\n", more), List.of("--sentinel"));
    }

    private Process launch() throws IOException {
        Process started =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        Soon.until(
                () -> {
                    if (!started.isAlive()) {
                        throw new AssertionError(log());
                    }
                    return answers();
                });
        return started;
    }

    private boolean answers() {
        try {
            String answer = ask("PING");
            return answer.startsWith("+PONG") || answer.startsWith("-NOAUTH");
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /// Says a command in one line, and reads what comes first in answer.
    public String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    /// Ends it as a crash would.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }

    /// Starts it again on the same port and folder, and waits until it answers.
    public void restart() throws IOException {
        process = launch();
    }

    /// Sends a signal, as `kill -STOP` does.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
