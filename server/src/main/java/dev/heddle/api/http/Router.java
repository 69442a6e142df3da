package dev.heddle.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds what there is at the path of a request. **Thread-safe**, and never blocks.
final class Router {
    private final List<Entry> entries;

    private record Entry(PathTemplate path, Route route) {}

    /// A route, and what stands for the segments in braces of its path, still percent-encoded.
    record Found(Route route, Map<String, String> variables) {}

    /// @param routes no two of which match the same request
    Router(List<Route> routes) {
        this.entries =
                routes.stream()
                        .map(route -> new Entry(PathTemplate.of(route.template()), route))
                        .toList();
    }

    /// Finds the routes of a path.
    Resource at(String rawPath) {
        List<String> path = PathTemplate.segments(rawPath);
        List<Found> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.path().matches(path)) {
                found.add(new Found(entry.route(), entry.path().variables(path)));
            }
        }
        return new Resource(found);
    }

    /// The methods that there are, whatever the path.
    SortedSet<String> methods() {
        TreeSet<String> methods = new TreeSet<>();
        entries.forEach(entry -> methods.addAll(entry.route().methods()));
        return methods;
    }

    /// The routes of one path.
    ///
    /// @param found one for each method; none if there is nothing at the path
    record Resource(List<Found> found) {

        /// Whether callers without a key may call it, whatever host they mean.
        boolean isOpen() {
            return found.stream().anyMatch(each -> each.route().isOpen());
        }

        /// The route of a method.
        ///
        /// @throws Refusal if there is none: 404, or 405 if the path has other methods
        Found route(String method) throws Refusal {
            TreeSet<String> methods = new TreeSet<>();
            for (Found each : found) {
                if (each.route().takes(method)) {
                    return each;
                }
                methods.addAll(each.route().methods());
            }
            if (methods.isEmpty()) {
                throw new Refusal(ProblemType.NO_SUCH_ROUTE, "paths are told apart by case too");
            }
            String allow = String.join(", ", methods);
            throw new Refusal(
                    ProblemType.METHOD_NOT_ALLOWED, "it has " + allow, Map.of("Allow", allow));
        }
    }
}
