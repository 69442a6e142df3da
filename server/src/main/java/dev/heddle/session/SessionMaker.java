package dev.heddle.session;

import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import java.time.Instant;
import java.util.Optional;

/// Makes sessions. **Thread-safe.**
@FunctionalInterface
public interface SessionMaker {

    /// Makes the session of a new connection. [ClientSession#open] follows.
    ///
    /// @param transport the client's connection
    /// @param context what the outboxes of the endpoint share
    /// @param until when the login stops holding that came with the client's request, and with it
    ///   the session; empty if it holds for ever, or if there was none
    ClientSession session(Transport transport, OutboxContext context, Optional<Instant> until);
}
