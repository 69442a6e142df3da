package dev.heddle.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.Map;
import java.util.concurrent.Callable;

/// `heddle generate-completion`.
@Command(
        name = "generate-completion",
        description = {
            "Prints a script that lets bash and zsh complete commands and options.",
            "To use it in this shell: source <(heddle generate-completion)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine all = new Commands(console, Map.of()).line();
        console.out().print(AutoComplete.bash(all.getCommandName(), all) + "\n");
        return ExitCode.DONE;
    }
}
