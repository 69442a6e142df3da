package dev.heddle.ops;

import dev.heddle.support.FreePort;
import dev.heddle.support.Soon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A running nginx or HAProxy: a master process, and workers that accept and carry connections.
final class ProxyProcess {
    private static final int FIELD_ADDRESS = 1, FIELD_STATE = 3, FIELD_INODE = 9;

    private final Process master;
    private final Path log;
    private final int port;

    /// Starts it; blocks until a worker listens.
    ///
    /// @param command runs the master in the foreground
    /// @param log where what it says goes
    /// @param port of the loopback address, on which it listens
    ProxyProcess(List<String> command, Path log, int port) throws IOException {
        this.log = log;
        this.port = port;
        master =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Soon.until(
                () -> {
                    requireAlive();
                    return workers().stream().anyMatch(this::listens);
                });
    }

    /// Ports of the loopback address that nobody has at the moment.
    static List<Integer> freePorts() {
        return List.of(FreePort.find(), FreePort.find());
    }

    /// Lets it reload; blocks until new workers listen and the old ones do not any more.
    ///
    /// @return the old ones, which may have ended
    Set<ProcessHandle> reload(String signal) throws IOException, InterruptedException {
        Set<ProcessHandle> old = workers();
        new ProcessBuilder("kill", "-" + signal, Long.toString(master.pid())).start().waitFor();
        Soon.until(
                () -> {
                    requireAlive();
                    return old.stream().noneMatch(this::listens)
                            && workers().stream().anyMatch(this::listens);
                });
        return old;
    }

    /// What it has said.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Ends it at once, its old workers too.
    void end() throws InterruptedException {
        List<ProcessHandle> all = master.descendants().toList();
        master.destroy();
        if (!master.waitFor(60, TimeUnit.SECONDS)) {
            master.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private Set<ProcessHandle> workers() {
        return master.children().collect(Collectors.toSet());
    }

    private void requireAlive() {
        if (!master.isAlive()) {
            throw new AssertionError("it has ended: " + log());
        }
    }

    /// Whether one of this process's files is the socket that listens on the port.
    private boolean listens(ProcessHandle process) {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"));
                Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            Set<String> listening =
                    sockets.map(line -> line.strip().split(" +"))
                            .filter(fields -> fields[FIELD_STATE].equals("0A"))
                            .filter(
                                    fields ->
                                            fields[FIELD_ADDRESS].endsWith(":%04X".formatted(port)))
                            .map(fields -> "socket:[" + fields[FIELD_INODE] + "]")
                            .collect(Collectors.toSet());
            return files.anyMatch(file -> listening.contains(target(file)));
        } catch (IOException | UncheckedIOException hasEnded) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
