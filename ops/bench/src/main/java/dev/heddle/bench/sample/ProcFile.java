package dev.heddle.bench.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One of the files of `/proc/PID` that are lines of `name: value`, as read at one moment.
record ProcFile(List<String> lines) {
    private static final long BYTES_PER_KIB = 1024;

    /// Reads it.
    ///
    /// @throws IllegalStateException when the process is gone, or may not be looked at
    static ProcFile of(long pid, String name) {
        Path file = Path.of("/proc", Long.toString(pid), name);
        try {
            return new ProcFile(Files.readAllLines(file));
        } catch (IOException gone) {
            throw new IllegalStateException("cannot read " + file, gone);
        }
    }

    /// The value after that name and its colon.
    ///
    /// @throws IllegalStateException when there is none
    String field(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc says no " + name));
    }

    /// A value that is a whole number.
    int number(String name) {
        return Integer.parseInt(field(name));
    }

    /// A value that is given in `kB`, in bytes.
    long bytes(String name) {
        return Long.parseLong(field(name).replace(" kB", "")) * BYTES_PER_KIB;
    }
}
