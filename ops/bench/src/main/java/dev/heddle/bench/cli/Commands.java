package dev.heddle.bench.cli;

import dev.heddle.bench.run.BenchFailure;
import dev.heddle.bench.soak.SoakCommand;
import dev.heddle.bench.suite.SuiteCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `heddle bench`, with a command for each scenario.
@Command(
        name = "heddle bench",
        description = "Puts a WebSocket server under load and says what that cost.",
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

    /// Runs the command line.
    ///
    /// @return the exit code
    public static int execute(String... args) {
        CommandLine line = new CommandLine(new Commands());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(
                (failure, command, _) -> {
                    if (failure instanceof BenchFailure
                            || failure instanceof IllegalStateException) {
                        command.getErr().println("heddle bench: " + failure.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
        return line.execute(args);
    }
}
