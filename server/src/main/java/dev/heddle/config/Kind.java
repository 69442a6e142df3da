package dev.heddle.config;

import java.util.Optional;

/// What values a setting takes, and how they are written.
///
/// @param <T> type of the value
public sealed interface Kind<T> permits Count, HostName, OriginList, Size, Span, Switch {

    /// The value that the text says; empty if it says none that this kind takes.
    Optional<T> parse(String text);

    /// Whether this kind takes the value.
    boolean takes(T value);

    /// A text that this kind takes, as YAML.
    default String yaml(String text) {
        return text;
    }

    /// What this kind takes, in words, to finish the sentence "it takes ...".
    ///
    /// @param text what somebody wrote instead
    String expected(String text);

    /// Whether a value is a list, of which YAML may write each element apart.
    default boolean isList() {
        return false;
    }

    /// Why the setting of that name does not take the text.
    default String refusal(String name, String text) {
        return name + " cannot be " + Printable.quote(text) + "; it takes " + expected(text);
    }

    /// Refuses other values.
    ///
    /// @throws IllegalArgumentException if this kind does not take the value
    default void require(String name, T value) {
        if (!takes(value)) {
            throw new IllegalArgumentException(refusal(name, String.valueOf(value)));
        }
    }
}
