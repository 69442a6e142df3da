package dev.heddle.session;

import dev.heddle.message.Incoming;

/// What a path of the server does with its sessions. One instance serves all sessions of its path.
///
/// All methods run on the session's own thread and may block: the client then waits, and nobody
/// else. What they throw is a bug: it ends that one connection with 1011.
public interface Endpoint {

    /// A client has opened a session; the answer to its handshake is written after this returns.
    void opened(Session session);

    /// A message has arrived, whose bytes are lent until this returns.
    void message(Session session, Incoming.Data message);

    /// The session is over, for whatever reason; called once if [#opened] was.
    void closed(Session session);
}
