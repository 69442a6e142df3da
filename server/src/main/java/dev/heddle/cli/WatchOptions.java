package dev.heddle.cli;

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
/// @param connection whose events, or stack, to show
/// @param sort by what connections are sorted
/// @param limit how many connections to show
record WatchOptions(
        int seconds,
        Optional<Path> output,
        List<String> types,
        Optional<String> user,
        Optional<String> connection,
        String sort,
        int limit) {
    static final String SECONDS = "--seconds";
    static final String OUTPUT = "--output";
    static final String TYPE = "--type";
    static final String USER = TokenOptions.USER;
    static final String CONNECTION = "--connection";
    static final String SORT = "--sort";
    static final String LIMIT = "--limit";

    static final List<String> OF_JFR = List.of(SECONDS, OUTPUT);
    static final List<String> OF_CONNS = List.of(SORT, LIMIT, CONNECTION);
    static final List<String> OF_TAIL = List.of(TYPE, USER, CONNECTION);

    private static final String USUAL_SECONDS = "30";
    private static final String USUAL_LIMIT = "20";
    private static final String USUAL_SORT = "outbox";

    /// @throws ParameterException if the options make no sense
    static WatchOptions of(ParseResult parsed) {
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
                number(parsed, SECONDS, USUAL_SECONDS, 300),
                text(parsed, OUTPUT).map(Path::of),
                List.copyOf(types),
                text(parsed, USER),
                connection,
                text(parsed, SORT).orElse(USUAL_SORT),
                number(parsed, LIMIT, USUAL_LIMIT, 1_000));
    }

    private static int number(ParseResult parsed, String flag, String usual, int most) {
        String number = text(parsed, flag).orElse(usual);
        if (!number.matches("[1-9][0-9]{0,3}") || Integer.parseInt(number) > most) {
            throw wrong(
                    parsed, flag + " takes a number from 1 to " + most + ", not " + quoted(number));
        }
        return Integer.parseInt(number);
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
