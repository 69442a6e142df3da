package dev.heddle.cli;

import dev.heddle.Heddle;

/// Which Heddle this is.
final class Version {
    private Version() {}

    /// The version, and that of the Java that runs it.
    static String line() {
        return "heddle " + Heddle.version() + " (Java " + Runtime.version() + ")";
    }
}
