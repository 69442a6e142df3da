package dev.heddle.net;

import dev.heddle.auth.RequestLogin;
import dev.heddle.config.Subprotocols;
import dev.heddle.http.Response;
import dev.heddle.session.SessionFactory;

import java.util.Optional;
import java.util.function.Supplier;

/// The target of a path of the public port.
public sealed interface Route {

    /// A WebSocket endpoint.
    ///
    /// @param sessions makes the session of each client
    /// @param terms on which connections are served
    /// @param login what a client must have before there is a WebSocket; nothing if empty
    /// @param subprotocols which are spoken there
    record WebSocket(
            SessionFactory sessions,
            Terms terms,
            Optional<RequestLogin> login,
            Subprotocols subprotocols)
            implements Route {

        /// The path of the route.
        public String path() {
            return terms.path();
        }
    }

    /// A file for the browser, for `GET` and `HEAD`.
    record Page(Response response) implements Route {}

    /// Something that a `GET` does; it may block the connection's thread.
    record Action(Supplier<Response> action) implements Route {}
}
