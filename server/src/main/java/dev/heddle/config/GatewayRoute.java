package dev.heddle.config;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One route of the gateway: an endpoint whose messages a service handles.
///
/// @param name as the operator calls it, in lower case
/// @param endpoint where it is, and what holds there
/// @param service who handles what happens there
/// @param telling what the service is told
public record GatewayRoute(
        String name, EndpointSettings endpoint, Service service, Telling telling) {

    /// The service that handles the events of a route.
    ///
    /// @param to where events are sent
    /// @param timeout how long the answer to one event may take, all attempts together
    /// @param maxInFlight events that are sent and not answered
    /// @param secrets what signs events, the newest first: none, one, or two while it changes
    /// @param commands on `/acc` that it handles, of which `*` stands for any ending
    public record Service(
            URI to,
            Duration timeout,
            int maxInFlight,
            List<String> secrets,
            List<String> commands) {
        public Service {
            secrets = List.copyOf(secrets);
            commands = List.copyOf(commands);
        }

        @Override
        public String toString() {
            return to.toString();
        }
    }

    /// The content of events, and their delivery.
    ///
    /// @param events of which kinds
    /// @param headers of the client that the service sees, by their names in lower case
    /// @param failure the text for a client whose message has no answer; nothing if empty
    /// @param maxPending disconnects that are not delivered yet
    /// @param patience how long each of them is sent again
    public record Telling(
            Set<GatewayEvent> events,
            List<String> headers,
            String failure,
            int maxPending,
            Duration patience) {
        public Telling {
            events = Set.copyOf(events);
            headers = List.copyOf(headers);
        }
    }

    static GatewayRoute of(Values values, String name) {
        GatewayRows rows = GatewayRows.of(name);
        GatewayRows.Telling telling = rows.telling();
        return new GatewayRoute(
                name,
                EndpointSettings.of(values, rows.endpoint())
                        .withLogin(values.get(telling.login()))
                        .withEnabled(isServed(values, rows)),
                service(values, rows.service()),
                new Telling(
                        EnumSet.copyOf(values.get(telling.events())),
                        values.get(telling.headers()),
                        values.get(telling.failure()),
                        values.get(telling.pending()),
                        values.get(telling.patience())));
    }

    /// Whether it has paths of its own: one for commands has none, unless somebody sets some.
    static boolean isServed(Values values, GatewayRows rows) {
        return values.get(rows.service().commands()).isEmpty()
                || !values.assignment(rows.endpoint().paths()).isDefault();
    }

    private static Service service(Values values, GatewayRows.Service rows) {
        return new Service(
                URI.create(values.get(rows.to())),
                values.get(rows.timeout()),
                values.get(rows.inFlight()),
                GatewayKinds.secrets(values.get(rows.secret())),
                values.get(rows.commands()));
    }
}
