package dev.heddle.http;

import dev.heddle.config.Limits;

/// Bounds of one request head.
///
/// @param maxBytes bytes of the whole head, its empty line included
/// @param maxHeaders header lines
public record HeadLimits(int maxBytes, int maxHeaders) {

    /// The limits of a configuration.
    public static HeadLimits of(Limits limits) {
        return new HeadLimits(limits.head().maxBytes(), limits.head().maxHeaders());
    }
}
