package dev.heddle.config;

/// A setting, the text that somebody gave it, and where.
///
/// @param source as it is shown to the operator: `heddle.yaml:3`, `HEDDLE_PORT` or `--port`
record Assignment(Key<?> key, String text, String source) {

    static final String DEFAULT = "default";

    boolean isDefault() {
        return source.equals(DEFAULT);
    }

    String yaml() {
        return key.kind().yaml(text);
    }
}
