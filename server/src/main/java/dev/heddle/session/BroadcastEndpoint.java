package dev.heddle.session;

import dev.heddle.hub.Hub;
import dev.heddle.message.Incoming;

/// `/ws`, the raw broadcast hub: every message goes to all sessions, the sender's too.
public final class BroadcastEndpoint implements Endpoint {
    private final Hub hub;

    /// @param hub where sessions subscribe and messages are published
    public BroadcastEndpoint(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void opened(Session session) {
        hub.subscribe(session);
    }

    @Override
    public void message(Session session, Incoming.Data message) {
        // A draining hub takes nothing, and has this client's Close frame ready.
        hub.publish(Session.encode(message));
    }

    @Override
    public void closed(Session session) {
        hub.unsubscribe(session);
    }
}
