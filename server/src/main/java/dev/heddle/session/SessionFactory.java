package dev.heddle.session;

import java.util.Optional;

/// Makes the sessions of an endpoint, of a class that knows what the endpoint needs to know of
/// each.
@FunctionalInterface
public interface SessionFactory extends SessionMaker {

    /// Decides about a client that would get a WebSocket, before its handshake is answered. On the
    /// connection's thread; may block, and the client then waits, and nobody else.
    default Entry decide(Arrival arrival) {
        Optional<String> agreed = arrival.subprotocol();
        return new Entry.Admitted(agreed.map(this::speaking).orElse(this), agreed);
    }

    /// The factory for clients with which this subprotocol is agreed on: the same, unless sessions
    /// know theirs.
    ///
    /// @param subprotocol one of the few that the endpoint speaks
    default SessionFactory speaking(String subprotocol) {
        return this;
    }
}
