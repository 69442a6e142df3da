package dev.heddle.cli;

import dev.heddle.Rehearsal;
import dev.heddle.config.Settings;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/// `heddle rehearse`.
@Command(
        name = "rehearse",
        description = "Runs a server with clients of its own and ends, to make an AOT cache.")
final class RehearseCommand implements Callable<Integer> {
    /// Connections after which everything that each of them runs is compiled.
    private static final int CONNECTIONS = 12_000;

    private final Invocation invocation;

    RehearseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        Settings settings = invocation.settings();
        try {
            Rehearsal.play(settings.net(), CONNECTIONS, Duration.ofMinutes(1));
            return ExitCode.DONE;
        } catch (IOException impossible) {
            throw Complaint.cannot("cannot rehearse: " + impossible.getMessage());
        }
    }
}
