package dev.heddle.config;

/// One flag that sets something.
///
/// @param source the flag as it is shown to the operator: `--port` or `--set limits.headers`
/// @param key dotted name of the setting; may be unknown
/// @param text what it is set to
public record Flag(String source, String key, String text) {}
