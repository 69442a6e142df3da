package dev.heddle.cli;

import dev.heddle.config.Printable;
import dev.heddle.config.Spelling;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says in one line what is wrong with a command line.
///
/// @param commands which it is for
record WrongUsage(Commands commands) implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        commands.console().err().println("heddle: " + explanation(wrong));
        return ExitCode.WRONG_USAGE;
    }

    private String explanation(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            return argument.startsWith("-")
                    ? unknownOption(command, argument.replaceFirst("=.*", ""))
                    : surplus(command, argument);
        }
        return wrong.getCause() instanceof TypeConversionException refusal
                        && wrong.getArgSpec() instanceof OptionSpec option
                        && option.converters().length > 0
                ? option.longestName() + " " + refusal.getMessage()
                : Printable.of(String.valueOf(wrong.getMessage()));
    }

    private String unknownOption(CommandSpec command, String name) {
        String owners =
                commands.line().getSubcommands().values().stream()
                        .filter(verb -> verb.getCommandSpec().findOption(name) != null)
                        .map(CommandLine::getCommandName)
                        .collect(Collectors.joining(", "));
        if (!owners.isEmpty()) {
            return name + " is an option of heddle " + owners;
        }
        List<String> known = command.options().stream().map(OptionSpec::longestName).toList();
        return "unknown option " + Printable.of(name) + "; " + hint(command, name, known);
    }

    private static String hint(CommandSpec command, String wrong, List<String> known) {
        String help = command.qualifiedName() + " --help";
        String hint = Spelling.hint(wrong, known, help + " lists all");
        return command.parent() == null || hint.startsWith(help)
                ? hint
                : hint + " (see " + help + ")";
    }

    /// The complaint about a surplus argument. An argument that may be a token is not repeated.
    private static String surplus(CommandSpec command, String argument) {
        if (command.userObject() instanceof TokenCommand
                || command.userObject() instanceof TokenCheckCommand) {
            return "token takes nothing but check, and check one token";
        }
        if (command.parent() != null) {
            return "unexpected argument " + Printable.of(argument);
        }
        List<String> known = Stream.of(Verb.values()).map(Verb::word).toList();
        return "unknown command " + Printable.of(argument) + "; " + hint(command, argument, known);
    }
}
