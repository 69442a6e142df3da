package dev.heddle.session;

import dev.heddle.hub.Fanout;
import dev.heddle.message.Incoming;

/// `/ws`, the raw broadcast hub: every message goes to all sessions, the sender's too.
public final class BroadcastEndpoint implements Endpoint {
    private final Fanout everyone;

    /// @param everyone where sessions subscribe and messages are published
    public BroadcastEndpoint(Fanout everyone) {
        this.everyone = everyone;
    }

    @Override
    public void opened(Session session) {
        everyone.subscribe(session);
    }

    @Override
    public void message(Session session, Incoming.Data message) {
        // A draining hub takes nothing, and has this client's Close frame ready.
        everyone.publish(Session.encode(message));
    }

    @Override
    public void closed(Session session) {
        everyone.unsubscribe(session);
    }
}
