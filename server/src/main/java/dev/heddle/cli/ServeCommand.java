package dev.heddle.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `heddle serve`.
@Command(
        name = "serve",
        description = "Serves until Ctrl-C or SIGTERM. This is what heddle does without a command.")
final class ServeCommand implements Callable<Integer> {
    private final Invocation invocation;

    ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint {
        return new Serving(invocation.console()).serve(invocation.settings());
    }
}
