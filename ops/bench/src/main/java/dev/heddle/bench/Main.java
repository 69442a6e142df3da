package dev.heddle.bench;

import dev.heddle.bench.cli.Commands;

/// The load tool's entry.
public final class Main {
    private Main() {}

    /// Runs the command line and ends the process: 0 when all went well, 1 when the run found
    /// something lost, 2 when it could not be made: the command line is wrong, the server cannot be
    /// reached, a file cannot be read.
    public static void main(String[] args) {
        System.exit(Commands.execute(args));
    }
}
