package dev.heddle.api.http;

import java.util.Set;

/// A method of a path, and the handler that answers it.
///
/// @param method of HTTP; that of `GET` answers `HEAD` too
/// @param template the path, of which a segment in braces stands for any one segment but an empty
///   one: `/rooms/{room}/members`
/// @param isOpen whether callers without a key may call it, whatever host they mean
/// @param hasQuery whether it takes parameters in its query
public record Route(
        String method, String template, boolean isOpen, boolean hasQuery, Handler handler) {

    public static Route get(String template, Handler handler) {
        return new Route("GET", template, false, false, handler);
    }

    public static Route post(String template, Handler handler) {
        return new Route("POST", template, false, false, handler);
    }

    public static Route put(String template, Handler handler) {
        return new Route("PUT", template, false, false, handler);
    }

    public static Route delete(String template, Handler handler) {
        return new Route("DELETE", template, false, false, handler);
    }

    /// A route that everybody may call.
    public static Route open(String template, Handler handler) {
        return new Route("GET", template, true, false, handler);
    }

    /// The same route, which takes parameters in its query.
    public Route withQuery() {
        return new Route(method, template, isOpen, true, handler);
    }

    /// The same route with another handler.
    public Route with(Handler other) {
        return new Route(method, template, isOpen, hasQuery, other);
    }

    /// The same route, whose work ends when the caller is gone ([Caller#watch]).
    public Route watched() {
        return with(
                call -> {
                    call.watch();
                    return handler.answer(call);
                });
    }

    /// The methods of requests that it answers.
    Set<String> methods() {
        return method.equals("GET") ? Set.of("GET", "HEAD") : Set.of(method);
    }

    boolean takes(String requestMethod) {
        return method.equals(requestMethod)
                || (method.equals("GET") && requestMethod.equals("HEAD"));
    }
}
