package dev.heddle.session;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Everyone;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.frame.CloseCode;

/// `/ws`, the raw broadcast hub: every message goes to all sessions, the sender's too.
///
/// @param everyone the sessions
/// @param spansNodes whether a message may not be taken though this node is well: then its client
///   must know, and comes back
public record BroadcastEndpoint(Everyone everyone, boolean spansNodes) implements Endpoint {
    /// The endpoint of one node.
    public BroadcastEndpoint(Everyone everyone) {
        this(everyone, false);
    }

    @Override
    public void message(Session session, Message message) {
        // A draining hub takes nothing, and has this client's Close frame ready.
        if (!everyone.publish(message) && spansNodes) {
            session.close(CloseCode.TRY_AGAIN_LATER, "the message could not be published");
        }
    }
}
