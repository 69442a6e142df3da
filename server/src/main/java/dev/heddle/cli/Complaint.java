package dev.heddle.cli;

import java.util.List;

/// Why a command ends early: a line or more for the operator, and the exit code.
final class Complaint extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;

    private Complaint(int exitCode, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
        this.lines = lines;
    }

    /// The command line is right, and what it asks for cannot be done.
    static Complaint cannot(String why) {
        return new Complaint(ExitCode.CANNOT_SERVE, List.of("heddle: " + why));
    }

    /// The command line is wrong.
    static Complaint usage(String why) {
        return new Complaint(ExitCode.WRONG_USAGE, List.of("heddle: " + why));
    }

    /// Settings are wrong.
    ///
    /// @param faults one line each, which says where
    static Complaint settings(List<String> faults) {
        return new Complaint(ExitCode.WRONG_USAGE, faults);
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
