package dev.heddle.net;

import dev.heddle.config.EndpointLimits;
import dev.heddle.http.Response;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.Endpoint;

import java.util.function.Supplier;

/// What a path of the public port leads to.
public sealed interface Route {

    /// A WebSocket endpoint.
    ///
    /// @param path where it is
    /// @param limits what its incoming messages must keep to
    /// @param outbox what its outboxes share
    record WebSocket(String path, Endpoint endpoint, EndpointLimits limits, OutboxContext outbox)
            implements Route {}

    /// A file for the browser, for `GET` and `HEAD`.
    record Page(Response response) implements Route {}

    /// Something that a `GET` does; it may block the connection's thread.
    record Action(Supplier<Response> action) implements Route {}
}
