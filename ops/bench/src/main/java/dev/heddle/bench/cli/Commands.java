package dev.heddle.bench.cli;

import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.soak.SoakCommand;
import dev.heddle.bench.suite.SuiteCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `heddle bench`, with a command for each scenario.
@Command(
        name = "heddle bench",
        description = "Puts a WebSocket server under load and says what the load costs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "SCENARIO",
        subcommands = {
            ConnectCommand.class,
            EchoCommand.class,
            BroadcastCommand.class,
            ChurnCommand.class,
            StormCommand.class,
            SoakCommand.class,
            SuiteCommand.class,
            CompareCommand.class,
            JmhCommand.class
        })
public final class Commands {
    private Commands() {}

    /// Runs the command line. What is wrong with it, or cannot be done, is one line on standard
    /// error.
    ///
    /// @return the exit code
    public static int execute(String... args) {
        CommandLine line = line();
        line.setParameterExceptionHandler(
                (wrong, _) -> {
                    CommandLine command = wrong.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr()
                            .printf("%s: %s; see %s --help%n", name, wrong.getMessage(), name);
                    return CommandLine.ExitCode.USAGE;
                });
        line.setExecutionExceptionHandler(
                (failure, command, _) -> {
                    if (failure instanceof BenchFailure
                            || failure instanceof IllegalStateException) {
                        command.getErr().println("heddle bench: " + failure.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw failure;
                });
        return line.execute(args);
    }

    /// What it takes.
    static CommandLine line() {
        return new CommandLine(new Commands()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
