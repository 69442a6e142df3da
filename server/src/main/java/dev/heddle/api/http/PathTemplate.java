package dev.heddle.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which paths a route answers: segments, of which one in braces stands for any one but an empty
/// one.
///
/// @param segments as they were written
record PathTemplate(List<String> segments) {

    static PathTemplate of(String template) {
        return new PathTemplate(segments(template));
    }

    /// The segments of a path.
    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /// What stands for the segments in braces, still percent-encoded; empty if it is another path.
    Optional<Map<String, String>> match(List<String> path) {
        if (segments.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String wanted = segments.get(i);
            String given = path.get(i);
            if (wanted.startsWith("{") && !given.isEmpty()) {
                variables.put(wanted.substring(1, wanted.length() - 1), given);
            } else if (!wanted.equals(given)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
