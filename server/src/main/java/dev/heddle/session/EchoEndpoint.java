package dev.heddle.session;

import dev.heddle.message.Incoming;

/// `/echo`: every message goes back to its sender, before the next one is read.
public final class EchoEndpoint implements Endpoint {
    @Override
    public void opened(Session session) {}

    @Override
    public void message(Session session, Incoming.Data message) {
        session.send(Session.encode(message));
    }

    @Override
    public void closed(Session session) {}
}
