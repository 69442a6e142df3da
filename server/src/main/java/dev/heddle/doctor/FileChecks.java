package dev.heddle.doctor;

import dev.heddle.net.Descriptors;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// File descriptors: a connection takes one.
final class FileChecks {
    private static final String LIMITS = "proc/self/limits";
    private static final String NR_OPEN = "proc/sys/fs/nr_open";
    private static final String FILE_MAX = "proc/sys/fs/file-max";
    private static final String FILE_NR = "proc/sys/fs/file-nr";
    private static final Pattern OPEN_FILES =
            Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s+(\\S+)");

    private static final String UNLIMITED = "unlimited";

    private FileChecks() {}

    /// The limit of this process. Java raises the soft one to the hard one when it starts.
    static Optional<Finding> openFiles(Patient patient) {
        List<Long> limits =
                patient
                        .machine()
                        .text(LIMITS)
                        .map(OPEN_FILES::matcher)
                        .filter(Matcher::find)
                        .map(found -> List.of(found.group(1), found.group(2)))
                        .stream()
                        .flatMap(List::stream)
                        .flatMap(text -> limit(text).stream())
                        .toList();
        if (limits.size() != 2) {
            return Optional.of(Finding.unknown("open files", LIMITS));
        }
        long soft = limits.getFirst();
        long hard = limits.getLast();
        String value = Amount.count(soft);
        if (soft < hard) {
            value += " (soft; hard " + Amount.count(hard) + ")";
        }
        long most = patient.connectionsWithin(soft);
        String why =
                "a connection takes one file; %,d are in use before the first, %,d are kept free"
                        .formatted(
                                patient.openDescriptors(),
                                Math.max(0, soft - patient.openDescriptors() - most));
        return Optional.of(
                Finding.cap("open files", value, most, patient, why, lift(patient, soft, hard)));
    }

    /// The most that the limit of a process may be.
    static Optional<Finding> mostOpenFiles(Patient patient) {
        return Optional.of(
                patient.machine()
                        .number(NR_OPEN)
                        .map(
                                most ->
                                        Finding.cap(
                                                "fs.nr_open",
                                                Amount.count(most),
                                                patient.connectionsWithin(most),
                                                patient,
                                                "as far as the limit of open files can be raised",
                                                patient.sysctl("fs.nr_open", needed(patient))))
                        .orElseGet(() -> Finding.unknown("fs.nr_open", NR_OPEN)));
    }

    /// The limit of all processes together.
    static Optional<Finding> filesOfTheMachine(Patient patient) {
        Optional<Long> most = patient.machine().number(FILE_MAX);
        if (most.isEmpty()) {
            return Optional.of(Finding.unknown("fs.file-max", FILE_MAX));
        }
        List<Long> counts = patient.machine().numbers(FILE_NR, 3);
        long inUse = counts.isEmpty() ? 0 : counts.getFirst();
        return Optional.of(
                Finding.cap(
                        "fs.file-max",
                        Amount.count(most.get()),
                        patient.connectionsWithin(Math.max(0, most.get() - inUse)),
                        patient,
                        "open files of the whole machine; %,d are in use".formatted(inUse),
                        patient.sysctl(
                                "fs.file-max", Amount.roundUp(needed(patient) + inUse, 100_000))));
    }

    private static Optional<Long> limit(String text) {
        return text.equals(UNLIMITED) ? Optional.of(Long.MAX_VALUE) : Machine.parse(text);
    }

    private static Change lift(Patient patient, long soft, long hard) {
        long needed = needed(patient);
        return soft < hard && needed <= hard
                ? new Change("-XX:+MaxFDLimit", "HEDDLE_JAVA_OPTS, where -XX:-MaxFDLimit is")
                : patient.unit("LimitNOFILE=" + needed, "--ulimit nofile=" + needed);
    }

    /// Open files for as many connections as there are to be, and for the rest.
    private static long needed(Patient patient) {
        long least =
                patient.goal()
                        + patient.openDescriptors()
                        + patient.settings().internal().api().maxConnections()
                        + Descriptors.SPARE;
        return Amount.roundUp(least, 1_000);
    }
}
