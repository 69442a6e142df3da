package dev.heddle.config;

import java.util.Optional;

/// A text that nobody but its owner may read: it is never printed.
///
/// @param text the secret itself; empty where there is none
public record Secret(String text) {
    /// The text that is shown instead of a secret.
    static final String HIDDEN = "(secret)";

    public static final Secret NONE = new Secret("");

    /// The invisible part of a text that somebody means as a secret, in words to follow "this one";
    /// empty if there is none.
    public static Optional<String> unseen(String text) {
        if (text.startsWith("\uFEFF")) {
            return Optional.of("begins with a byte order mark");
        }
        if (text.endsWith("\n") || text.endsWith("\r")) {
            return Optional.of("ends with a line end");
        }
        if (!text.equals(text.strip())) {
            return Optional.of("has white space around it");
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? Optional.of("has a line end or another control character in it")
                : Optional.empty();
    }

    /// The description of an expected secret, and of the fault in the text.
    static String expected(String kind, String text) {
        return kind + unseen(text).map("; this one "::concat).orElse("");
    }

    /// Whether there is one.
    public boolean isSet() {
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return isSet() ? HIDDEN : "";
    }
}
