package dev.heddle.cli;

import dev.heddle.config.Printable;
import dev.heddle.config.Units;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the command line says about a token.
///
/// @param user whose it is to be, or should be
/// @param rooms that it is to allow; all if empty
/// @param expires how long it is to be believed
/// @param keyFile with the private key that it is to be signed with
/// @param token which is to be checked; if empty, it is read from the input stream
record TokenOptions(
        Optional<String> user,
        List<Integer> rooms,
        Duration expires,
        Optional<Path> keyFile,
        Optional<String> token) {

    static final String USER = "--user";
    static final String ROOMS = "--rooms";
    static final String EXPIRES = "--expires";
    static final String KEY_FILE = "--key-file";
    static final List<String> ALL = List.of(USER, ROOMS, EXPIRES, KEY_FILE);

    static final String INPUT = "-";
    private static final String ONE_HOUR = "1h";

    /// @param token which is to be checked, or [#INPUT]
    /// @throws ParameterException if the options make no sense
    static TokenOptions of(ParseResult parsed, Optional<String> token) {
        return new TokenOptions(
                text(parsed, USER),
                text(parsed, ROOMS).map(rooms -> rooms(parsed, rooms)).orElse(List.of()),
                life(parsed, text(parsed, EXPIRES).orElse(ONE_HOUR)),
                text(parsed, KEY_FILE).map(Path::of),
                token.filter(text -> !text.equals(INPUT)));
    }

    private static Optional<String> text(ParseResult parsed, String flag) {
        Optional<String> text = Optional.ofNullable(parsed.matchedOptionValue(flag, null));
        if (text.filter(String::isEmpty).isPresent()) {
            throw wrong(parsed, flag + " must not be empty");
        }
        return text;
    }

    private static List<Integer> rooms(ParseResult parsed, String text) {
        try {
            return Arrays.stream(text.split(",")).map(String::strip).map(Integer::valueOf).toList();
        } catch (NumberFormatException none) {
            throw wrong(parsed, ROOMS + " takes numbers such as 101,102, not " + quoted(text));
        }
    }

    private static Duration life(ParseResult parsed, String text) {
        return Units.OF_TIME
                .parse(text)
                .map(Duration::ofMillis)
                .filter(life -> life.toSeconds() > 0)
                .orElseThrow(
                        () ->
                                wrong(
                                        parsed,
                                        EXPIRES
                                                + " takes a duration such as 30m or 24h, not "
                                                + quoted(text)));
    }

    private static String quoted(String text) {
        return '"' + Printable.of(text) + '"';
    }

    private static ParameterException wrong(ParseResult parsed, String text) {
        return new ParameterException(parsed.commandSpec().commandLine(), text);
    }
}
