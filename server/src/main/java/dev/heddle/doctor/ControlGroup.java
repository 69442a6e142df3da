package dev.heddle.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The limits of this process's control group, and of those around it: cgroup v2, and v1 where a
/// machine still has that.
///
/// @param machine whose it is
record ControlGroup(Machine machine) {
    static final String MEMBERSHIP = "proc/self/cgroup";
    private static final String MOUNT = "sys/fs/cgroup";
    private static final String NONE = "max";
    private static final String NONE_V1 = "-1";

    /// One limit.
    ///
    /// @param file which says so
    /// @param amount of bytes, or of processors; empty if the file cannot be understood
    record Limit(String file, Optional<Double> amount) {}

    /// The least that the groups may have of memory; empty if there is no limit.
    Optional<Limit> memory() {
        Function<String, Optional<String>> bytes = file -> machine.word(file);
        return least(
                Stream.of(
                        limits(folders("memory"), "memory.limit_in_bytes", bytes),
                        limits(folders(""), "memory.max", bytes),
                        limits(folders(""), "memory.high", bytes)));
    }

    /// The least that the groups may have of processors; empty if there is no limit.
    Optional<Limit> processors() {
        return least(
                Stream.of(
                        limits(folders("cpu"), "cpu.cfs_quota_us", this::quotaOfV1),
                        limits(folders(""), "cpu.max", machine::text)));
    }

    private static Optional<Limit> least(Stream<List<Limit>> limits) {
        return limits.flatMap(List::stream)
                .min(Comparator.comparingDouble(limit -> limit.amount().orElse(0.0)));
    }

    private static List<Limit> limitsIn(String file, String text) {
        String[] words = text.strip().split("\\s+");
        if (words[0].equals(NONE) || words[0].equals(NONE_V1)) {
            return List.of();
        }
        List<Double> numbers =
                Stream.of(words)
                        .flatMap(word -> Machine.parse(word).stream())
                        .filter(number -> number > 0)
                        .map(Long::doubleValue)
                        .toList();
        if (numbers.size() != words.length || words.length > 2) {
            return List.of(new Limit(file, Optional.empty()));
        }
        double amount = numbers.getFirst() / (numbers.size() == 2 ? numbers.getLast() : 1);
        return Amount.isUnlimited((long) amount)
                ? List.of()
                : List.of(new Limit(file, Optional.of(amount)));
    }

    private List<Limit> limits(
            List<String> folders, String name, Function<String, Optional<String>> read) {
        return folders.stream()
                .map(folder -> folder + "/" + name)
                .filter(machine::has)
                .flatMap(file -> limitsIn(file, read.apply(file).orElse("")).stream())
                .toList();
    }

    /// Quota and period, as v2 has them in one file.
    private Optional<String> quotaOfV1(String file) {
        String period = file.replace("cpu.cfs_quota_us", "cpu.cfs_period_us");
        return machine.word(file).map(quota -> quota + " " + machine.word(period).orElse("?"));
    }

    /// The folders of the group of this process and of those around it, the innermost first.
    ///
    /// @param controller of v1; empty for v2
    private List<String> folders(String controller) {
        String mount = controller.isEmpty() ? MOUNT : MOUNT + "/" + controller;
        List<String> folders = new ArrayList<>();
        String path = path(controller);
        while (!path.isEmpty()) {
            folders.add(mount + path);
            path = path.substring(0, path.lastIndexOf('/'));
        }
        folders.add(mount);
        return folders;
    }

    /// The group's path; empty for the outermost, and where it is said to be outside of it.
    private String path(String controller) {
        return machine.lines(MEMBERSHIP).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3)
                .filter(parts -> List.of(parts[1].split(",")).contains(controller))
                .map(parts -> parts[2])
                .filter(path -> path.startsWith("/") && !path.contains(".."))
                .map(path -> path.replaceFirst("/+$", ""))
                .findFirst()
                .orElse("");
    }
}
