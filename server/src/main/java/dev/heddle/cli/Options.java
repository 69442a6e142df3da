package dev.heddle.cli;

import dev.heddle.config.Configuration.Flag;
import dev.heddle.config.Printable;
import dev.heddle.config.Setting;
import dev.heddle.config.Spelling;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a command line says.
///
/// @param command what to do
/// @param file the configuration file
/// @param flags those that set something
/// @param token what is wanted of a token
/// @param doctor what is wanted of the doctor
/// @param watch what is wanted of a server that runs
record Options(
        Command command,
        Optional<Path> file,
        List<Flag> flags,
        TokenOptions token,
        DoctorOptions doctor,
        WatchOptions watch) {
    private static final List<String> CHECK_WORDS = List.of("token", "check");

    enum Command {
        SERVE,
        CONFIG,
        CONNS,
        DOCTOR,
        JFR,
        REHEARSE,
        TAIL,
        TOKEN,
        TOKEN_CHECK,
        WHERE;

        /// The options that it takes beside those that set something.
        List<String> options() {
            return switch (this) {
                case CONNS -> WatchOptions.OF_CONNS;
                case DOCTOR -> DoctorOptions.ALL;
                case JFR -> WatchOptions.OF_JFR;
                case TAIL -> WatchOptions.OF_TAIL;
                case TOKEN, TOKEN_CHECK -> TokenOptions.ALL;
                case SERVE, CONFIG, REHEARSE, WHERE -> List.of();
            };
        }

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// Takes the options out of a parsed command line.
    ///
    /// @throws ParameterException if they make no sense
    static Options of(ParseResult parsed) {
        List<Flag> flags = new ArrayList<>(flagsOfKeys(parsed));
        for (String assignment : texts(parsed, Syntax.SET)) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw wrong(parsed, "--set takes KEY=VALUE");
            }
            String name = assignment.substring(0, equals);
            flags.add(new Flag(Syntax.SET, name, assignment.substring(equals + 1)));
        }
        List<String> words = parsed.matchedPositionalValue(0, List.of());
        Command command = command(parsed, words);
        refuseSurplus(parsed, command, words);
        TokenOptions token = TokenOptions.of(parsed, words.stream().skip(2).findFirst());
        DoctorOptions doctor = DoctorOptions.of(parsed);
        WatchOptions watch = WatchOptions.of(parsed);
        return new Options(command, file(parsed), List.copyOf(flags), token, doctor, watch);
    }

    /// One line for the operator.
    static String explain(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            if (!argument.startsWith("-")) {
                return "unexpected argument " + Printable.of(argument);
            }
            String name = argument.replaceFirst("=.*", "");
            List<String> known =
                    wrong.getCommandLine().getCommandSpec().options().stream()
                            .map(OptionSpec::longestName)
                            .toList();
            return "unknown option " + Printable.of(name) + "; " + Spelling.hint(name, known);
        }
        return Printable.of(String.valueOf(wrong.getMessage()));
    }

    private static List<Flag> flagsOfKeys(ParseResult parsed) {
        List<Flag> flags = new ArrayList<>();
        for (Setting<?> key : Syntax.SETTINGS_WITH_A_FLAG) {
            List<String> texts = texts(parsed, key.flag());
            Stream<String> values =
                    key.kind().isList() && !texts.isEmpty()
                            ? Stream.of(String.join(",", texts))
                            : texts.stream();
            values.forEach(text -> flags.add(new Flag(key.flag(), key.name(), text)));
        }
        return flags;
    }

    private static Command command(ParseResult parsed, List<String> words) {
        if (words.isEmpty()) {
            return Command.SERVE;
        }
        String said = words.getFirst();
        if (words.size() > 1 && CHECK_WORDS.equals(words.subList(0, 2))) {
            return Command.TOKEN_CHECK;
        }
        return Stream.of(Command.values())
                .filter(command -> command.words().equals(said))
                .findFirst()
                .orElseThrow(() -> wrong(parsed, "unknown command " + said + "; " + hint(said)));
    }

    /// Refuses what the command does not take. What may be a token is not repeated.
    private static void refuseSurplus(ParseResult parsed, Command command, List<String> words) {
        boolean isOfTokens = command == Command.TOKEN || command == Command.TOKEN_CHECK;
        int known = command == Command.TOKEN_CHECK ? 3 : 1;
        if (words.size() > known) {
            throw wrong(
                    parsed,
                    isOfTokens
                            ? "token takes nothing but check, and check one token"
                            : "unexpected argument " + words.get(known));
        }
        for (Command other : Command.values()) {
            for (String option : other.options()) {
                if (parsed.hasMatchedOption(option) && !command.options().contains(option)) {
                    throw wrong(parsed, option + " is an option of heddle " + owners(option));
                }
            }
        }
    }

    private static String owners(String option) {
        return Stream.of(Command.values())
                .filter(command -> command.options().contains(option))
                .map(Command::words)
                .filter(words -> !words.contains(" "))
                .collect(Collectors.joining(", "));
    }

    private static String hint(String said) {
        return Spelling.hint(said, Stream.of(Command.values()).map(Command::words).toList());
    }

    private static Optional<Path> file(ParseResult parsed) {
        List<String> files = texts(parsed, Syntax.CONFIG);
        if (files.size() > 1 || files.contains("")) {
            throw wrong(parsed, "--config takes one FILE");
        }
        return files.stream().map(Path::of).findFirst();
    }

    private static List<String> texts(ParseResult parsed, String flag) {
        return parsed.hasMatchedOption(flag)
                ? parsed.matchedOption(flag).stringValues()
                : List.of();
    }

    private static ParameterException wrong(ParseResult parsed, String text) {
        return new ParameterException(parsed.commandSpec().commandLine(), text);
    }
}
