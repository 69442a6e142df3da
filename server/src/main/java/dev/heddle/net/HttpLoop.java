package dev.heddle.net;

import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;
import dev.heddle.http.Status;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Answers the HTTP requests of one connection, on its thread, until one of them is an accepted
/// opening handshake.
final class HttpLoop extends ConnectionLoop {
    private final Connection connection;
    private final ServerContext context;
    private final ProxiedRequests requests;
    private final LoggedRequests logged;

    HttpLoop(Connection connection) {
        this.connection = connection;
        this.requests = new ProxiedRequests(connection);
        this.context = connection.context();
        this.logged = new LoggedRequests(connection);
    }

    /// Answers requests.
    ///
    /// @return whether the connection goes on as a WebSocket
    @Override
    boolean run(InputStream in) throws IOException {
        try {
            boolean isIn =
                    (context.trust().tls().isPresent() || hasPlace(in))
                            && requests.begin(in) // before which nobody can be told through TLS
                            && hasPlace(in)
                            && Securing.isDone(connection, in);
            return isIn && serve(connection.input(in));
        } catch (BadRequest bad) {
            refuse(RefusedRequest.of(bad), connection.input(in));
            return false;
        }
    }

    /// Whether the connection is let in; if not, its client is told so.
    private boolean hasPlace(InputStream in) throws IOException {
        Admission.Decision decision = connection.admission();
        if (decision == Admission.Decision.TURNED_AWAY) {
            RefusedRequest.countTurnedAway(connection);
        } else if (decision != Admission.Decision.ADMITTED && Securing.isDone(connection, in)) {
            refuse(RefusedRequest.tooMany(decision, retryAfter()), connection.input(in));
        }
        return decision == Admission.Decision.ADMITTED;
    }

    private boolean serve(InputStream in) throws IOException, BadRequest {
        HeadLimits limits = HeadLimits.of(context.limits());
        try (HeadReader reader =
                new HeadReader(in, context.smallBuffers(), context.largeBuffers(), limits)) {
            return serve(reader, in);
        }
    }

    private boolean serve(HeadReader reader, InputStream in) throws IOException, BadRequest {
        for (RequestHead head = readFirst(reader); head != null; head = read(reader)) {
            requests.next(head);
            logged.begin(head);
            Route route = context.routes().find(head);
            if (!context.trust().origins().allowHost(head.host())) {
                refuse(RefusedRequest.ofHost(String.valueOf(head.host())), in);
                return false;
            }
            if (route instanceof Route.WebSocket endpoint && head.method().equals("GET")) {
                connection.takePlace();
                return hasPlace(in) && upgrade(head, endpoint, reader, in);
            }
            connection.enter(Phase.HANDLING);
            Response answer = answer(head, route);
            boolean withBody = !head.method().equals("HEAD");
            Persistence persistence =
                    answer.status() == Status.OK ? head.persistence() : Persistence.CLOSED;
            connection.respond(answer.encode(withBody, persistence));
            logged.answered(answer.status().code());
            pause(charge(context.pacing().requests()));
            pause(restAfterTurn(in, context.pacing().runQueue()));
            if (!persistence.isKept()) {
                Lingering.linger(connection, in);
                return false;
            }
        }
        return false;
    }

    /// Tells a client that its request is refused, after which the connection ends.
    private void refuse(RefusedRequest request, InputStream in) throws IOException {
        logged.answered(request.response().status().code());
        request.tell(connection, in);
    }

    @Override
    void sayInternalError(InputStream in) throws IOException {
        Response error = Response.text(Status.INTERNAL_SERVER_ERROR, "internal error");
        logged.answered(error.status().code());
        Lingering.sayLast(connection, in, error);
    }

    private void pause(int micros) {
        if (micros > 0) {
            connection.enter(Phase.HANDLING);
            rest(micros);
        }
    }

    /// Reads the head of what probably is an opening handshake, and counts it as such meanwhile.
    private @Nullable RequestHead readFirst(HeadReader reader) throws IOException, BadRequest {
        context.admission().handshakes().awaitsHead();
        try {
            return read(reader);
        } finally {
            context.admission().handshakes().hasHead();
        }
    }

    /// Reads a head; a deadline that has passed is told only to a client that had begun one.
    private @Nullable RequestHead read(HeadReader reader) throws IOException, BadRequest {
        connection.enter(Phase.HEAD);
        RequestHead head = reader.read();
        if (connection.expired() == Expiry.HEAD && (head != null || reader.hasStarted())) {
            throw BadRequest.TOO_SLOW;
        }
        if (head != null) {
            head.requireNoNul();
            head.requireNoBody();
        }
        return head;
    }

    private Response answer(RequestHead head, @Nullable Route route) {
        String method = head.method();
        return switch (route) {
            case null -> Response.text(Status.NOT_FOUND, "not found");
            case Route.WebSocket endpoint -> notAllowed("GET");
            case Route.Page(Response page) ->
                    method.equals("GET") || method.equals("HEAD") ? page : notAllowed("GET, HEAD");
            case Route.Action(var action) ->
                    method.equals("GET") ? action.get() : notAllowed("GET");
        };
    }

    private static Response notAllowed(String allowed) {
        return Response.text(Status.METHOD_NOT_ALLOWED, "method not allowed")
                .with("Allow", allowed);
    }

    private boolean upgrade(
            RequestHead head, Route.WebSocket endpoint, HeadReader reader, InputStream in)
            throws IOException {
        return switch (new Upgrade(connection, head, endpoint, requests.scheme()).decide()) {
            case Upgrade.Result.Refused(RefusedRequest request) -> {
                refuse(request, in);
                yield false;
            }
            case Upgrade.Result.Opened(MessageLoop messages) -> {
                logged.upgraded();
                yield !reader.intake().hasBytes() || messages.receive(in, reader.intake());
            }
        };
    }

    private Duration retryAfter() {
        return context.limits().connections().retryAfter();
    }
}
