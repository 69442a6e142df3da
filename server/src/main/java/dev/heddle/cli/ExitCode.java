package dev.heddle.cli;

/// The exit codes of the process.
final class ExitCode {
    /// All went well; the server stopped in good order.
    static final int DONE = 0;

    /// The server cannot serve, or what was asked for was refused.
    static final int CANNOT_SERVE = 1;

    /// The command line or a setting is wrong.
    static final int WRONG_USAGE = 2;

    /// Memory has run out, as with `-XX:+ExitOnOutOfMemoryError`.
    static final int OUT_OF_MEMORY = 3;

    private ExitCode() {}
}
