package dev.heddle.api.gowebsocket;

import dev.heddle.config.Language;

/// How gowebsocket's routes speak.
///
/// @param language of the standard texts
/// @param isForEveryBrowser whether pages of all origins may read the answers, as there
public record Dialect(Language language, boolean isForEveryBrowser) {}
