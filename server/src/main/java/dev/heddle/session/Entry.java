package dev.heddle.session;

import dev.heddle.http.Response;

import java.util.Optional;

/// What an endpoint decides about an [Arrival].
public sealed interface Entry {

    /// It is let in.
    ///
    /// @param sessions makes its session, once; nobody else's
    /// @param subprotocol the one that is agreed on with it
    record Admitted(SessionMaker sessions, Optional<String> subprotocol) implements Entry {}

    /// It is not.
    ///
    /// @param reason one of a few fixed texts, for counting
    /// @param response what the client gets instead of a WebSocket; with status 503 it is told when
    ///   to come back as well
    record Refused(String reason, Response response) implements Entry {}
}
