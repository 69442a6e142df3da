package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The server's classes as its JVM has read them once, beside the jar. With it a server starts in
/// half the time, and the tests start a hundred. Made by whoever needs it first.
public final class ClassArchive {
    /// Without a server's own settings, which stand in `HEDDLE_` variables.
    private static final String OWN = "HEDDLE_.*|J.*_OPTIONS";

    private ClassArchive() {}

    /// The command that starts the jar. Blocks while the archive is made.
    public static List<String> command(Path java, Path jar) throws IOException {
        return List.of(
                java.toString(), "-XX:SharedArchiveFile=" + of(java, jar), "-jar", jar.toString());
    }

    private static Path of(Path java, Path jar) throws IOException {
        Path archive = jar.resolveSibling("heddle.jsa");
        Path lock = jar.resolveSibling("heddle.jsa.lock");
        synchronized (ClassArchive.class) {
            try (FileChannel file =
                            FileChannel.open(
                                    lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = file.lock()) {
                if (!isNewer(archive, jar)) {
                    Path unready = jar.resolveSibling("heddle.jsa.new");
                    make(java, jar, unready);
                    Files.move(unready, archive, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return archive;
    }

    private static boolean isNewer(Path archive, Path jar) throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /// Starts a server and ends it: a JVM writes what it has read at its end.
    private static void make(Path java, Path jar, Path archive) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-Xlog:cds=off",
                        "-jar",
                        jar.toString(),
                        "--host=127.0.0.1",
                        "--port=0",
                        "--internal-port=0",
                        "--set=warm-up=0s");
        builder.environment().keySet().removeIf(name -> name.matches(OWN));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader();
                Stream<String> lines = out.lines()) {
            lines.filter(line -> line.startsWith("Ctrl-C"))
                    .forEach(_ -> process.toHandle().destroy());
        }
        assertEquals(0, process.onExit().join().exitValue());
    }
}
