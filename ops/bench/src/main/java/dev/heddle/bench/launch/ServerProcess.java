package dev.heddle.bench.launch;

import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.run.Interruption;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that this tool has started and will end.
public final class ServerProcess implements AutoCloseable {
    /// Long, because the launcher may have to build it first.
    private static final Duration START = Duration.ofMinutes(5);

    private static final Duration RETRY = Duration.ofMillis(20);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    // The next two are used too.
    private static final int HIGHEST_PORT = 65_533;

    private final String name;
    private final Process process;
    private final int port;

    private ServerProcess(String name, Process process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    /// Starts it. Blocks until it takes connections.
    ///
    /// @param name of the server, and of the file in `logs` that gets its output
    /// @throws BenchFailure when it ends instead, or the port is taken
    static ServerProcess start(String name, List<String> command, int port, Path logs)
            throws InterruptedException {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new BenchFailure("--port must be between 1 and " + HIGHEST_PORT);
        }
        if (isListening(port)) {
            throw new BenchFailure("port " + port + " is taken; choose another with --port");
        }
        Path log = logs.resolve(name + ".log");
        try {
            Process process =
                    new ProcessBuilder(Interruption.withoutCtrlC(command))
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.to(log.toFile()))
                            .start();
            var server = new ServerProcess(name, process, port);
            boolean isServing = false;
            try {
                server.awaitPort(log);
                isServing = true;
            } finally {
                if (!isServing) {
                    process.destroyForcibly();
                }
            }
            return server;
        } catch (IOException impossible) {
            throw new BenchFailure("cannot start " + name + ": " + impossible.getMessage());
        }
    }

    /// Its process.
    public long pid() {
        return process.pid();
    }

    /// One of its WebSocket endpoints.
    public URI at(String path) {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    /// Whether it still runs.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Ends it: asks, waits for it to drain, and kills it when it does not. Blocks until it is
    /// gone. When the calling thread is interrupted, kills it at once.
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private void awaitPort(Path log) throws InterruptedException, IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!isListening(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new BenchFailure(name + " does not start:\n" + Files.readString(log).strip());
            }
            Thread.sleep(RETRY);
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
