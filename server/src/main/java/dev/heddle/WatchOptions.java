package dev.heddle;

import dev.heddle.config.Printable;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the command line says about watching a server that runs.
///
/// @param seconds to record
/// @param output the new file of the recording
/// @param types of events to show; all but the periodic ones if empty
/// @param user whose events to show
/// @param connection whose events to show
record WatchOptions(
        int seconds,
        Optional<Path> output,
        List<String> types,
        Optional<String> user,
        Optional<String> connection) {
    static final String SECONDS = "--seconds";
    static final String OUTPUT = "--output";
    static final String TYPE = "--type";
    static final String USER = TokenOptions.USER;
    static final String CONNECTION = "--connection";

    static final List<String> OF_JFR = List.of(SECONDS, OUTPUT);
    static final List<String> OF_TAIL = List.of(TYPE, USER, CONNECTION);

    private static final String USUAL_SECONDS = "30";

    /// @throws ParameterException if the options make no sense
    static WatchOptions of(ParseResult parsed) {
        String seconds = text(parsed, SECONDS).orElse(USUAL_SECONDS);
        if (!seconds.matches("[1-9][0-9]{0,2}") || Integer.parseInt(seconds) > 300) {
            throw wrong(parsed, SECONDS + " takes a number from 1 to 300, not " + quoted(seconds));
        }
        Optional<String> connection = text(parsed, CONNECTION);
        if (connection.filter(id -> !id.matches("[0-9]{1,18}")).isPresent()) {
            throw wrong(
                    parsed,
                    CONNECTION + " takes a number such as 17, not " + quoted(connection.get()));
        }
        List<String> types =
                parsed.hasMatchedOption(TYPE)
                        ? parsed.matchedOption(TYPE).stringValues()
                        : List.of();
        return new WatchOptions(
                Integer.parseInt(seconds),
                text(parsed, OUTPUT).map(Path::of),
                List.copyOf(types),
                text(parsed, USER),
                connection);
    }

    private static Optional<String> text(ParseResult parsed, String flag) {
        return Optional.ofNullable(parsed.matchedOptionValue(flag, null));
    }

    private static String quoted(String text) {
        return '"' + Printable.of(text) + '"';
    }

    private static ParameterException wrong(ParseResult parsed, String text) {
        return new ParameterException(parsed.commandSpec().commandLine(), text);
    }
}
