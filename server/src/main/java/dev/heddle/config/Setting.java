package dev.heddle.config;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// One setting as the operator sees it.
///
/// @param name dotted name, as in the YAML file and in `--set`
/// @param kind what values it takes
/// @param defaultText its value where nobody sets it
/// @param description what it is, in one line
/// @param <T> type of its values
public record Setting<T>(String name, Kind<T> kind, String defaultText, String description) {
    static final String VARIABLE_PREFIX = "HEDDLE_";

    /// The environment variable that sets it: `HEDDLE_LIMITS_HEAD_BYTES` for `limits.head-bytes`.
    public String variable() {
        return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /// The flag of its own, where the command line gives it one: `--internal-port` for
    /// `internal.port`.
    public String flag() {
        return "--" + name.replace('.', '-');
    }

    /// The first part of the name, such as `limits`; empty if the name has one part.
    String group() {
        return name.substring(0, Math.max(0, name.indexOf('.')));
    }

    /// One is the same as another that goes by the same name.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting<?> setting && name.equals(setting.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /// Holds a record to what the table says.
    ///
    /// @throws IllegalArgumentException if the setting does not take the value
    void require(T value) {
        kind.require(name, value);
    }

    /// Whether the setting takes the text.
    boolean takes(String text) {
        return kind.parse(text).isPresent();
    }

    /// Why the setting does not take the text.
    String refusal(String text) {
        return kind.refusal(name, text);
    }
}
