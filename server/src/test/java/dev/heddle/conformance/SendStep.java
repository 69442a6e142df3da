package dev.heddle.conformance;

/// One thing that a tester does on its way out.
sealed interface SendStep {
    /// Writes bytes, at most `chop` of them with each write.
    record Write(byte[] bytes, int chop) implements SendStep {}

    /// Sends nothing for a while, so that the server sees what came before on its own.
    record Pause() implements SendStep {}

    /// Sends a FIN.
    record HalfClose() implements SendStep {}
}
