package dev.heddle;

import dev.heddle.config.EndpointSettings;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Everyone;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.session.AllSessions;
import dev.heddle.session.EndpointSessions;
import dev.heddle.session.SessionFactory;

import java.util.function.Function;

/// An endpoint, and where a server has it. For [Heddle#start(Settings, Mount...)].
public final class Mount {
    private final EndpointSettings where;
    private final Function<Hub, SessionFactory> sessions;

    private Mount(EndpointSettings where, Function<Hub, SessionFactory> sessions) {
        this.where = where;
        this.sessions = sessions;
    }

    /// An endpoint that sends to each session by itself.
    public static Mount of(EndpointSettings where, Endpoint endpoint) {
        return ofSessions(where, EndpointSessions.of(endpoint, where.rates()));
    }

    /// An endpoint that can also publish to all of its sessions.
    ///
    /// @param endpoint makes the endpoint when the server starts, out of what it publishes to
    public static Mount of(EndpointSettings where, Function<Everyone, Endpoint> endpoint) {
        return new Mount(where, hub -> sessions(where, endpoint, hub.fanout()));
    }

    /// An endpoint whose sessions subscribe to a fan-out that others know too.
    static Mount of(EndpointSettings where, Endpoint endpoint, Fanout everyone) {
        return ofSessions(where, EndpointSessions.of(endpoint, where.rates(), everyone));
    }

    /// An endpoint whose sessions are of a class of their own.
    static Mount ofSessions(EndpointSettings where, SessionFactory sessions) {
        return new Mount(where, _ -> sessions);
    }

    EndpointSettings where() {
        return where;
    }

    /// Makes the factory of this endpoint's sessions.
    ///
    /// @param hub of the server
    SessionFactory sessions(Hub hub) {
        return sessions.apply(hub);
    }

    private static SessionFactory sessions(
            EndpointSettings where, Function<Everyone, Endpoint> endpoint, Fanout everyone) {
        return EndpointSessions.of(
                endpoint.apply(new AllSessions(everyone)), where.rates(), everyone);
    }
}
