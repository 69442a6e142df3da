package dev.heddle;

import java.util.Objects;

/// Which Heddle this is.
final class Version {
    private Version() {}

    /// The version in the jar's manifest.
    static String number() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }

    /// The version, and that of the Java that runs it.
    static String line() {
        return "heddle " + number() + " (Java " + Runtime.version() + ")";
    }
}
