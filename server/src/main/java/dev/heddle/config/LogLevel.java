package dev.heddle.config;

/// How important a line of the log must be, from the most important on.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
