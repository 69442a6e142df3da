package dev.heddle.cli;

import dev.heddle.Heddle;
import dev.heddle.Revision;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The command `heddle` and its verbs. Each mistake of the operator is one line on the error
/// stream, never a stack trace; the exit code says whose turn it is.
///
/// @param console where they talk
/// @param environment whose variables they see
record Commands(Console console, Map<String, String> environment) {
    /// Runs a command line and returns the exit code. Blocks as long as the server serves.
    ///
    /// Only the verbs that it names are made, or all where it asks for help: to read the
    /// annotations of all takes a twentieth of a server's start.
    int execute(String... args) {
        List<String> words = List.of(args);
        boolean tellsAll = words.stream().anyMatch(word -> word.matches("-V*h[hV]*|--help"));
        return line(verb -> tellsAll || words.contains(verb.word())).execute(args);
    }

    /// The command line with all of its commands.
    CommandLine line() {
        return line(_ -> true);
    }

    private CommandLine line(Predicate<Verb> isNeeded) {
        SettingOptions settings = new SettingOptions();
        Invocation invocation = new Invocation(console, environment, settings);
        CommandLine line = new CommandLine(root(new ServeCommand(invocation)));
        Stream.of(Verb.values())
                .filter(isNeeded)
                .forEach(verb -> line.addSubcommand(verb.word(), verb.command(invocation)));
        settings.addTo(line.getCommandSpec());
        addInformation(line.getCommandSpec());
        HelpLayout.apply(line, settings);
        return line.setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setParameterExceptionHandler(new WrongUsage(this))
                .setExecutionExceptionHandler((failure, _, _) -> exitCode(failure));
    }

    private static CommandSpec root(Callable<Integer> withoutAVerb) {
        CommandSpec root = CommandSpec.wrapWithoutInspection(withoutAVerb).name("heddle");
        root.usageMessage()
                .customSynopsis("heddle [COMMAND] [OPTION]...", "       heddle COMMAND --help")
                .description("A WebSocket server for very many, mostly idle connections.")
                .footer(
                        "%nFlags win over the environment, such as HEDDLE_LIMITS_HEAD_BYTES=4KiB,",
                        "and the environment wins over the file.",
                        "Exit codes: 0 stopped in good order, 1 cannot serve or refused, 2 wrong"
                                + " usage.");
        return root;
    }

    private static void addInformation(CommandSpec root) {
        root.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("print this help")
                        .build());
        root.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description(
                                "print the version, its commit and date, and the version of Java")
                        .build());
        setVersion(root);
    }

    private static void setVersion(CommandSpec command) {
        command.versionProvider(Commands::version);
        command.subcommands().values().forEach(sub -> setVersion(sub.getCommandSpec()));
    }

    private static String[] version() {
        String revision = Revision.ofThisServer().map(commit -> commit + ", ").orElse("");
        return new String[] {
            "heddle %s (%sJava %s)".formatted(Heddle.version(), revision, Runtime.version())
        };
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    private int exitCode(Exception failure) throws Exception {
        return switch (failure) {
            case Complaint complaint -> {
                complaint.lines().forEach(console.err()::println);
                yield complaint.exitCode();
            }
            case InterruptedException _ -> {
                Thread.currentThread().interrupt();
                yield ExitCode.CANNOT_SERVE;
            }
            default -> throw failure;
        };
    }
}
