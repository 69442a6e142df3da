package dev.heddle.session;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Everyone;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;

/// `/ws`, the raw broadcast hub: every message goes to all sessions, the sender's too.
///
/// @param everyone the sessions
public record BroadcastEndpoint(Everyone everyone) implements Endpoint {

    @Override
    public void message(Session session, Message message) {
        // A draining hub takes nothing, and has this client's Close frame ready.
        everyone.publish(message);
    }
}
