package dev.heddle.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `heddle config`.
@Command(
        name = "config",
        description = {
            "Prints every setting, its value and where it comes from.",
            "The output can be used as the file for --config."
        })
final class ConfigCommand implements Callable<Integer> {
    private final Invocation invocation;

    ConfigCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint {
        invocation.configuration().lines().forEach(invocation.console().out()::println);
        return ExitCode.DONE;
    }
}
