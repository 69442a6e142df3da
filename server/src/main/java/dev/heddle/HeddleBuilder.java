package dev.heddle;

import dev.heddle.config.EndpointSettings;
import dev.heddle.config.Settings;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Everyone;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.session.AllSessions;
import dev.heddle.session.EndpointSessions;
import dev.heddle.session.SessionFactory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Puts endpoints of your own into a server, beside or in place of those that it has by itself. One
/// builder starts one server. **For one thread.**
public final class HeddleBuilder {
    private final Settings settings;
    private final List<Mount> mounts = new ArrayList<>();

    HeddleBuilder(Settings settings) {
        this.settings = settings;
    }

    /// An endpoint and where it is.
    ///
    /// @param sessions makes what makes its sessions, out of the server's hub
    record Mount(EndpointSettings where, Function<Hub, SessionFactory> sessions) {

        static Mount of(EndpointSettings where, Endpoint endpoint) {
            return new Mount(where, _ -> EndpointSessions.of(endpoint, where.rates()));
        }

        static Mount of(EndpointSettings where, Function<Everyone, Endpoint> endpoint) {
            return new Mount(where, hub -> sessions(where, hub.fanout(), endpoint));
        }

        static SessionFactory sessions(
                EndpointSettings where, Fanout everyone, Function<Everyone, Endpoint> endpoint) {
            return EndpointSessions.of(
                    endpoint.apply(new AllSessions(everyone)), where.rates(), everyone);
        }
    }

    /// Adds an endpoint that sends to each session by itself.
    public HeddleBuilder endpoint(EndpointSettings where, Endpoint endpoint) {
        mounts.add(Mount.of(where, endpoint));
        return this;
    }

    /// Adds an endpoint that can also publish to all of its sessions.
    ///
    /// @param endpoint makes the endpoint when the server starts, out of what it publishes to
    public HeddleBuilder endpoint(EndpointSettings where, Function<Everyone, Endpoint> endpoint) {
        mounts.add(Mount.of(where, endpoint));
        return this;
    }

    /// Binds both ports and serves them; returns once they are served. The process lives until
    /// [Heddle#drain] or [Heddle#close].
    ///
    /// @throws IllegalArgumentException if two endpoints have the same path, or one needs a login
    ///   and there are no keys of tokens
    /// @throws IOException if a port cannot be bound, or the keys of tokens cannot be used
    public Heddle start() throws IOException {
        List<EndpointSettings> own = mounts.stream().map(Mount::where).toList();
        settings.endpoints().requireRoomFor(own);
        if (settings.token().isOpen() && own.stream().anyMatch(EndpointSettings::login)) {
            throw new IllegalArgumentException("a login needs keys of tokens");
        }
        return Heddle.start(settings, mounts, Optional.empty());
    }
}
