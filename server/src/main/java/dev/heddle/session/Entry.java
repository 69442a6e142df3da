package dev.heddle.session;

import dev.heddle.http.Response;

import java.util.Optional;

/// An endpoint's decision about an [Arrival].
public sealed interface Entry {

    /// The client is let in.
    ///
    /// @param sessions makes its session, once; nobody else's
    /// @param subprotocol the one that is agreed on with it
    record Admitted(SessionMaker sessions, Optional<String> subprotocol) implements Entry {}

    /// The client is refused.
    ///
    /// @param reason one of a few fixed texts, for counting
    /// @param response what the client gets instead of a WebSocket; with status 503 it is told when
    ///   to come back as well
    record Refused(String reason, Response response) implements Entry {}
}
