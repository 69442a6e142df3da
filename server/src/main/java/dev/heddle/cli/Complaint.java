package dev.heddle.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Why a command ends early: a line or more for the operator, and the exit code.
final class Complaint extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final boolean mayPass;
    private final transient List<String> lines;

    private Complaint(int exitCode, List<String> lines) {
        this(exitCode, lines, false);
    }

    private Complaint(int exitCode, List<String> lines, boolean mayPass) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
        this.mayPass = mayPass;
        this.lines = lines;
    }

    /// The command line is right, and what it asks for cannot be done.
    static Complaint cannot(String why) {
        return new Complaint(ExitCode.CANNOT_SERVE, List.of("heddle: " + why));
    }

    /// A server does not answer, or cannot just now.
    static Complaint away(String why) {
        return new Complaint(ExitCode.CANNOT_SERVE, List.of("heddle: " + why), true);
    }

    /// A file could not be written.
    static Complaint cannotWrite(Path file, IOException why) {
        String reason =
                switch (why) {
                    case NoSuchFileException _ -> "there is no such folder";
                    case AccessDeniedException _ -> "that is not allowed";
                    default -> why.getMessage();
                };
        return cannot("cannot write " + file + ": " + reason);
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

    /// Whether it may be otherwise in a while, without anybody's doing.
    boolean mayPass() {
        return mayPass;
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
