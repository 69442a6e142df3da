package dev.heddle.cli;

import dev.heddle.config.Printable;
import dev.heddle.doctor.Machine;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the command line says to the doctor.
///
/// @param connections that the server is to hold
/// @param json whether a program reads the answer
/// @param root the folder that `proc` and `sys` are in
record DoctorOptions(Optional<Long> connections, boolean json, Path root) {
    static final String CONNECTIONS = "--connections";
    static final String JSON = "--json";
    static final String ROOT = "--root";
    static final List<String> ALL = List.of(CONNECTIONS, JSON, ROOT);

    private static final long MOST = 1_000_000_000;

    /// @throws ParameterException if the options make no sense
    static DoctorOptions of(ParseResult parsed) {
        return new DoctorOptions(
                text(parsed, CONNECTIONS).map(text -> connections(parsed, text)),
                parsed.hasMatchedOption(JSON),
                text(parsed, ROOT).map(Path::of).orElse(Machine.HERE));
    }

    private static Optional<String> text(ParseResult parsed, String flag) {
        return Optional.ofNullable(parsed.matchedOptionValue(flag, null));
    }

    private static long connections(ParseResult parsed, String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,10}"))
                .map(Long::valueOf)
                .filter(number -> number >= 1 && number <= MOST)
                .orElseThrow(
                        () ->
                                new ParameterException(
                                        parsed.commandSpec().commandLine(),
                                        CONNECTIONS
                                                + " takes a number such as 1000000, not \""
                                                + Printable.of(text)
                                                + '"'));
    }
}
