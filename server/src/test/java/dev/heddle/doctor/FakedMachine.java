package dev.heddle.doctor;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Flag;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.config.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The `proc` and `sys` of a machine that has enough of everything, until a test takes it away.
///
/// @param root the folder that they are in
public record FakedMachine(Path root) {
    static final Jvm LARGE_HEAP = new Jvm(64L << 30, 64, 9, List.of());
    static final long OPEN_DESCRIPTORS = 14;

    private static final Map<String, String> PLENTY =
            Map.ofEntries(
                    Map.entry("proc/self/limits", limits("5000000", "5000000")),
                    Map.entry("proc/self/cgroup", "0::/system.slice/heddle.service\n"),
                    Map.entry("proc/self/smaps", "KernelPageSize:        4 kB\n"),
                    Map.entry(
                            "proc/meminfo",
                            "MemTotal:       131072000 kB\nMemAvailable:   130000000 kB\n"),
                    Map.entry("proc/sys/fs/nr_open", "6000000\n"),
                    Map.entry("proc/sys/fs/file-max", "9223372036854775807\n"),
                    Map.entry("proc/sys/fs/file-nr", "1000\t0\t9223372036854775807\n"),
                    Map.entry("proc/sys/net/core/somaxconn", "65535\n"),
                    Map.entry("proc/sys/net/ipv4/tcp_max_syn_backlog", "65535\n"),
                    Map.entry("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n"),
                    Map.entry("proc/sys/net/ipv4/tcp_mem", "1000000\t2000000\t3000000\n"),
                    Map.entry("proc/sys/net/ipv4/tcp_rmem", "4096\t131072\t33554432\n"),
                    Map.entry("proc/sys/net/ipv4/tcp_wmem", "4096\t16384\t4194304\n"),
                    Map.entry("proc/sys/vm/max_map_count", "65530\n"),
                    Map.entry(
                            "sys/devices/system/clocksource/clocksource0/current_clocksource",
                            "tsc\n"));

    /// One that has enough for millions of connections.
    static FakedMachine withPlenty(Path root) throws IOException {
        FakedMachine machine = new FakedMachine(root);
        for (Map.Entry<String, String> file : PLENTY.entrySet()) {
            machine.with(file.getKey(), file.getValue());
        }
        return machine;
    }

    /// As [#withPlenty], but a process may open so many files.
    public static FakedMachine withOpenFiles(Path root, long openFiles) throws IOException {
        String number = Long.toString(openFiles);
        return withPlenty(root).with("proc/self/limits", limits(number, number));
    }

    FakedMachine with(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    FakedMachine without(String file) throws IOException {
        Files.delete(root.resolve(file));
        return this;
    }

    /// All files that it has.
    List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    Diagnosis diagnosis(long goal, String... settings) {
        return diagnosis(LARGE_HEAP, goal, settings);
    }

    Diagnosis diagnosis(Jvm jvm, long goal, String... settings) {
        return Diagnosis.of(
                new Patient(
                        new Machine(root),
                        jvm,
                        settings(settings),
                        Optional.empty(),
                        OPEN_DESCRIPTORS,
                        goal));
    }

    /// `/proc/self/limits` as the kernel writes it.
    static String limits(String soft, String hard) {
        return """
        Limit                     Soft Limit           Hard Limit           Units
        Max core file size        0                    unlimited            bytes
        Max processes             96365                96365                processes
        Max open files            %-20s %-20s files
        Max locked memory         8388608              8388608              bytes
        """
                .formatted(soft, hard);
    }

    private static Settings settings(String... assignments) {
        List<Flag> flags =
                Stream.of(assignments)
                        .map(text -> text.split("=", 2))
                        .map(parts -> new Flag("--set", parts[0], parts[1]))
                        .toList();
        return switch (Configuration.read(Optional.empty(), Map.of(), flags)) {
            case Reading.Good(var configuration) -> configuration.settings();
            case Reading.Faulty(var faults) ->
                    throw new IllegalArgumentException(faults.toString());
        };
    }
}
