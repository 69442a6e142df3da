package dev.heddle.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds the route of a request. **Thread-safe**, and never blocks.
final class Router {
    private final List<Route> routes;

    /// @param routes no two of which match the same request
    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /// A route, and what stands for the segments in braces of its path, still percent-encoded.
    record Found(Route route, Map<String, String> variables) {}

    /// The route of a request.
    ///
    /// @throws Refusal if there is none: 404, or 405 if the path has other methods
    Found find(String method, String rawPath) throws Refusal {
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(rawPath);
            if (variables.isPresent()) {
                if (route.takes(method)) {
                    return new Found(route, variables.get());
                }
                methods.addAll(route.methods());
            }
        }
        if (methods.isEmpty()) {
            throw new Refusal(ProblemType.NO_SUCH_ROUTE, "paths are told apart by case too");
        }
        String allow = String.join(", ", methods);
        throw new Refusal(
                ProblemType.METHOD_NOT_ALLOWED, "it has " + allow, Map.of("Allow", allow));
    }

    /// The methods that there are, whatever the path.
    SortedSet<String> methods() {
        TreeSet<String> methods = new TreeSet<>();
        routes.forEach(route -> methods.addAll(route.methods()));
        return methods;
    }

    /// Whether everybody may call this, who has no key and whatever host they mean.
    boolean isOpen(String rawPath) {
        return routes.stream()
                .anyMatch(route -> route.isOpen() && route.match(rawPath).isPresent());
    }
}
