package dev.heddle.recording;

import java.util.Map;

/// An event as somebody far away sees it.
///
/// @param name without `heddle.`
/// @param fields by name, in the order of the event's class: `time` first, as in RFC 3339, and all
///   lengths of time in milliseconds
public record LiveEvent(String name, Map<String, Object> fields) {
    static final String PREFIX = "heddle.";
}
