package dev.heddle.config;

/// Whose behaviour the defaults are: Heddle's own, or that of gowebsocket where a client could tell
/// them apart.
public enum Profile {
    HEDDLE,
    GOWEBSOCKET
}
