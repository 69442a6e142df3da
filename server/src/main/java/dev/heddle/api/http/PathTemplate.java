package dev.heddle.api.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The paths that a route answers, as segments: one in braces stands for any segment but an empty
/// one.
///
/// @param segments as they were written
record PathTemplate(List<String> segments) {

    static PathTemplate of(String template) {
        return new PathTemplate(segments(template));
    }

    /// Takes a path apart.
    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /// Whether this is the template of a path.
    boolean matches(List<String> path) {
        boolean isSo = segments.size() == path.size();
        for (int i = 0; isSo && i < path.size(); i++) {
            String given = path.get(i);
            isSo = isVariable(i) ? !given.isEmpty() : segments.get(i).equals(given);
        }
        return isSo;
    }

    /// The segments of a path that stand for the names in braces, still percent-encoded.
    ///
    /// @param path that [#matches]
    Map<String, String> variables(List<String> path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            if (isVariable(i)) {
                String segment = segments.get(i);
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return variables;
    }

    private boolean isVariable(int i) {
        return segments.get(i).startsWith("{");
    }
}
