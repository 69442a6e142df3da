package dev.heddle.gateway;

import dev.heddle.config.GatewayEvent;
import dev.heddle.gateway.GatewaySession.Inside;
import dev.heddle.gateway.ServiceEvent.Data;
import dev.heddle.gateway.ServiceEvent.Origin;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.gateway.ServiceReply.Failure;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.json.Json;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.Arrival;
import dev.heddle.session.ClientSession;
import dev.heddle.session.Entry;
import dev.heddle.session.SessionFactory;
import dev.heddle.telemetry.Addresses;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks the service of a route which clients it lets in, and makes their sessions. **Thread-safe.**
final class GatewaySessions implements SessionFactory {
    /// Why clients are not let in.
    static final String REFUSED = "refused by the service";

    static final String UNAVAILABLE = "the service is unavailable";

    private static final int NOT_OPENED = 1006;
    private static final List<Integer> HANDED_ON = List.of(401, 403, 429);

    private final ServedRoute route;

    GatewaySessions(ServedRoute route) {
        this.route = route;
    }

    @Override
    public Entry decide(Arrival arrival) {
        Optional<String> agreed = arrival.subprotocol();
        if (!route.tells(GatewayEvent.CONNECT)) {
            return admitted(
                    new Guest(arrival.user().orElse(null), agreed.orElse(null), null, Set.of(), 0));
        }
        ConnectRequest request =
                ConnectRequest.of(arrival.head(), route.settings().telling().headers());
        Data data = new Data(Data.JSON, Json.write(request));
        ServiceEvent event = ServiceEvent.now(GatewayEvent.CONNECT, origin(arrival), 1, data);
        return switch (route.calls().callInTime(event)) {
            case Answer answer when answer.isDone() -> entry(arrival, request, event, answer);
            case Answer answer when HANDED_ON.contains(answer.status()) -> refused(answer);
            case Answer _ -> unavailable();
            case Failure failure -> {
                if (failure.mayHaveArrived) {
                    tellUnanswered(event);
                }
                yield unavailable();
            }
        };
    }

    private Origin origin(Arrival arrival) {
        return new Origin(
                route.callees().name(arrival.id()),
                route.name(),
                Addresses.text(arrival.address()),
                arrival.user(),
                arrival.subprotocol(),
                Optional.empty());
    }

    /// The service lets the client in, if it says so in the right way.
    private Entry entry(
            Arrival arrival, ConnectRequest request, ServiceEvent event, Answer answer) {
        Optional<Guest> guest =
                ConnectAnswer.read(answer).flatMap(said -> guest(arrival, request, said));
        if (guest.isEmpty()) {
            route.warnAbout("connect with a body that says what it cannot; the client gets 503");
            tellUnanswered(event);
            return unavailable();
        }
        return admitted(guest.get());
    }

    private Optional<Guest> guest(Arrival arrival, ConnectRequest request, ConnectAnswer answer) {
        String chosen = answer.subprotocol();
        boolean isOffered = chosen == null || request.subprotocols().contains(chosen);
        boolean isThere =
                route.channels().exist(answer.joined())
                        && !route.channels().isTooMany(answer.joined().size());
        String user = answer.user() == null ? arrival.user().orElse(null) : answer.user();
        return isOffered && isThere
                ? Optional.of(
                        new Guest(
                                user,
                                chosen == null ? arrival.subprotocol().orElse(null) : chosen,
                                answer.state(),
                                answer.joined(),
                                1))
                : Optional.empty();
    }

    private Entry admitted(Guest guest) {
        return new Entry.Admitted(
                (transport, context, until) ->
                        new GatewaySession(route, guest, transport, new Inside(context, until)),
                Optional.ofNullable(guest.subprotocol()));
    }

    private static Entry refused(Answer answer) {
        return new Entry.Refused(REFUSED, Response.text(Status.of(answer.status()), REFUSED));
    }

    private static Entry unavailable() {
        return new Entry.Refused(
                UNAVAILABLE, Response.text(Status.SERVICE_UNAVAILABLE, UNAVAILABLE));
    }

    /// The service may take a client for connected that is not let in.
    private void tellUnanswered(ServiceEvent connect) {
        if (route.tells(GatewayEvent.DISCONNECT)) {
            DisconnectReport report =
                    new DisconnectReport("connect unanswered", NOT_OPENED, 0, 0, 0);
            Data data = new Data(Data.JSON, Json.write(report));
            route.disconnects()
                    .offer(ServiceEvent.now(GatewayEvent.DISCONNECT, connect.origin(), 2, data));
        }
    }

    /// Is never called: each client that is let in has a factory of its own.
    @Override
    public ClientSession session(
            Transport transport, OutboxContext context, Optional<Instant> until) {
        throw new IllegalStateException("a client of a gateway is let in first");
    }
}
