package dev.heddle.net;

import dev.heddle.auth.RequestLogin;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.Subprotocols;
import dev.heddle.http.Response;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.SessionFactory;

import java.util.Optional;
import java.util.function.Supplier;

/// What a path of the public port leads to.
public sealed interface Route {

    /// A WebSocket endpoint.
    ///
    /// @param path where it is
    /// @param sessions makes the session of each client
    /// @param limits what its incoming messages must keep to
    /// @param outbox what its outboxes share
    /// @param login what a client must have before there is a WebSocket; nothing if empty
    /// @param subprotocols which are spoken there
    record WebSocket(
            String path,
            SessionFactory sessions,
            EndpointLimits limits,
            OutboxContext outbox,
            Optional<RequestLogin> login,
            Subprotocols subprotocols)
            implements Route {

        /// An endpoint without subprotocols for which a client needs no login, or logs in later.
        public WebSocket(
                String path, SessionFactory sessions, EndpointLimits limits, OutboxContext outbox) {
            this(path, sessions, limits, outbox, Optional.empty(), Subprotocols.NONE);
        }
    }

    /// A file for the browser, for `GET` and `HEAD`.
    record Page(Response response) implements Route {}

    /// Something that a `GET` does; it may block the connection's thread.
    record Action(Supplier<Response> action) implements Route {}
}
