package dev.heddle.session;

import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import java.time.Instant;
import java.util.Optional;

/// What a path of the server does with its sessions. One instance serves all sessions of its path.
///
/// All methods run on the session's own thread and may block: the client then waits, and nobody
/// else. What they throw is a bug: it ends that one connection with 1011.
public interface Endpoint {

    /// Makes the session of a new connection, of a class of the endpoint's own where a plain one
    /// does not know enough. [#opened] follows.
    ///
    /// @param transport the client's connection
    /// @param context what the outboxes of the endpoint share
    /// @param until when the login stops holding that came with the client's request, and with it
    ///   the session; empty if it holds for ever, or if there was none
    default Session session(Transport transport, OutboxContext context, Optional<Instant> until) {
        return new Session(transport, context, this);
    }

    /// A client has opened a session; the answer to its handshake is written after this returns.
    void opened(Session session);

    /// A message has arrived, whose bytes are lent until this returns.
    void message(Session session, Incoming.Data message);

    /// The session is over, for whatever reason; called once if [#opened] was.
    void closed(Session session);
}
