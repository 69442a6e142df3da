package dev.heddle.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A method of a path, and who answers it.
///
/// @param method of HTTP; that of `GET` answers `HEAD` too
/// @param template the path, of which a segment in braces stands for any one segment but an empty
///   one: `/rooms/{room}/members`
/// @param isOpen whether everybody may call it, who has no key and whatever host they mean
record Route(String method, String template, boolean isOpen, Handler handler) {

    static Route get(String template, Handler handler) {
        return new Route("GET", template, false, handler);
    }

    static Route post(String template, Handler handler) {
        return new Route("POST", template, false, handler);
    }

    static Route put(String template, Handler handler) {
        return new Route("PUT", template, false, handler);
    }

    static Route delete(String template, Handler handler) {
        return new Route("DELETE", template, false, handler);
    }

    /// A route that everybody may call.
    static Route open(String template, Handler handler) {
        return new Route("GET", template, true, handler);
    }

    /// The same, but refused while the server drains if it sends or changes something and says by
    /// its status whether it has.
    Route whileNotDraining(Readiness readiness) {
        if (method.equals("GET") || !template.startsWith("/api/v1/")) {
            return this;
        }
        Handler guarded =
                call -> {
                    if (readiness.isDraining()) {
                        throw Refusal.draining();
                    }
                    return handler.answer(call);
                };
        return new Route(method, template, isOpen, guarded);
    }

    /// The same route, whose work ends when the caller is gone ([Caller#watch]).
    Route watched() {
        Handler watched =
                call -> {
                    call.watch();
                    return handler.answer(call);
                };
        return new Route(method, template, isOpen, watched);
    }

    /// The methods of requests that it answers.
    Set<String> methods() {
        return method.equals("GET") ? Set.of("GET", "HEAD") : Set.of(method);
    }

    boolean takes(String requestMethod) {
        return methods().contains(requestMethod);
    }

    /// What stands for the segments in braces, still percent-encoded; empty if it is another path.
    Optional<Map<String, String>> match(String rawPath) {
        List<String> wanted = segments(template);
        List<String> given = segments(rawPath);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            String value = given.get(i);
            if (segment.startsWith("{") && !value.isEmpty()) {
                variables.put(segment.substring(1, segment.length() - 1), value);
            } else if (!segment.equals(value)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static List<String> segments(String path) {
        return new ArrayList<>(List.of(path.split("/", -1)));
    }
}
