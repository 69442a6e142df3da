package dev.heddle.cli;

/// The process's entry.
public final class Main {
    private Main() {}

    /// Runs the command and ends the process.
    public static void main(String[] args) {
        Console console = new Console(System.in, System.out, System.err);
        System.exit(new Commands(console, System.getenv()).execute(args));
    }
}
