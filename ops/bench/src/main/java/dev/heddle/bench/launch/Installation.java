package dev.heddle.bench.launch;

import dev.heddle.bench.run.BenchFailure;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The checkout that this tool was built in, with the two servers that the suite measures.
///
/// @param top its top folder
public record Installation(Path top) {
    /// The checkout around the jar that is running.
    ///
    /// @throws BenchFailure when the jar has been taken elsewhere
    public static Installation find() {
        Path jar;
        try {
            jar =
                    Path.of(
                            Installation.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (Path folder = jar; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("ops/heddle"))) {
                return new Installation(folder);
            }
        }
        throw new BenchFailure(
                jar + " is not inside a checkout of Heddle, whose ops/heddle is needed");
    }

    /// Starts Heddle with the options of production, `/echo` and `/benchmark` switched on.
    ///
    /// Blocks until it takes connections; the first time it may have to be built.
    ///
    /// @param port where it serves; the next one is its internal port
    public ServerProcess startHeddle(int port) throws InterruptedException {
        List<String> command =
                List.of(
                        top.resolve("ops/heddle").toString(),
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--internal-port=" + (port + 1),
                        "--diagnostics");
        return ServerProcess.start("heddle", command, port, target());
    }

    /// Starts the floor, compiled when it is missing or older than its source. Blocks until it
    /// takes connections.
    public ServerProcess startFloor(int port) throws InterruptedException {
        Path floor = compileFloor();
        List<String> command = List.of(floor.toString(), Integer.toString(port));
        return ServerProcess.start("floor", command, port, target());
    }

    private Path compileFloor() throws InterruptedException {
        Path source = top.resolve("ops/bench/floor/floor.c");
        Path binary = target().resolve("floor");
        try {
            if (Files.exists(binary)
                    && Files.getLastModifiedTime(binary)
                                    .compareTo(Files.getLastModifiedTime(source))
                            >= 0) {
                return binary;
            }
            Process compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-O2",
                                    "-std=c11",
                                    "-o",
                                    binary.toString(),
                                    source.toString())
                            .inheritIO()
                            .start();
            if (compiler.waitFor() != 0) {
                throw new BenchFailure("the floor cannot be compiled");
            }
        } catch (IOException missing) {
            throw new BenchFailure("the floor cannot be compiled: " + missing.getMessage());
        }
        return binary;
    }

    private Path target() {
        return top.resolve("ops/bench/target");
    }
}
