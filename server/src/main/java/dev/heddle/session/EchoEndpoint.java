package dev.heddle.session;

import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;

/// `/echo`: every message goes back to its sender, before the next one is read.
public final class EchoEndpoint implements Endpoint {
    @Override
    public void message(Session session, Message message) {
        session.send(message);
    }
}
