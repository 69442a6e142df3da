package dev.heddle.bench.engine;

/// Why a connection did not open.
public sealed interface Failure {
    /// 503 or 429.
    ///
    /// @param retryAfterSeconds what the server asked for; 0 when it did not
    record Refused(int status, int retryAfterSeconds) implements Failure {}

    /// Anything else.
    ///
    /// @param why for a person
    record Broken(String why) implements Failure {}

    /// It took longer than [Target#handshakeSeconds()].
    record TimedOut() implements Failure {}
}
