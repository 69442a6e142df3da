package dev.heddle.config;

/// A text that nobody but its owner may read: it is never printed.
///
/// @param text the secret itself; empty where there is none
public record Secret(String text) {
    /// What is shown instead.
    static final String HIDDEN = "(secret)";

    public static final Secret NONE = new Secret("");

    /// Whether there is one.
    public boolean isSet() {
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? HIDDEN : "";
    }
}
