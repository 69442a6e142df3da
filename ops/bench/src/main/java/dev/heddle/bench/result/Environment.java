package dev.heddle.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine and the software that made a result.
///
/// @param system name, version and architecture of the operating system
/// @param processor the model's name
/// @param cores how many the JVM may use
/// @param memoryBytes of the machine; 0 when unknown
/// @param java the version of the JVM that ran the load tool
public record Environment(
        String system, String processor, int cores, long memoryBytes, String java) {
    private static final long BYTES_PER_KIB = 1024;

    /// This machine.
    public static Environment here() {
        String kib = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return new Environment(
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kib.isEmpty() ? 0 : Long.parseLong(kib) * BYTES_PER_KIB,
                Runtime.version().toString());
    }

    private static String field(String file, String name) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file));
        } catch (IOException notLinux) {
            return "";
        }
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
