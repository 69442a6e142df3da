package dev.heddle.net;

import dev.heddle.auth.Refusal;
import dev.heddle.auth.Verdict;
import dev.heddle.deflate.Offer;
import dev.heddle.handshake.Accepted;
import dev.heddle.handshake.Handshake;
import dev.heddle.handshake.Outcome;
import dev.heddle.handshake.Rejection;
import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.Header;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.session.ClientSession;
import dev.heddle.session.SessionFactory;
import dev.heddle.telemetry.event.ConnectionOpened;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Answers the HTTP requests of one connection, on its thread, until one of them is an accepted
/// opening handshake.
final class HttpLoop extends ConnectionLoop {
    private final Connection connection;
    private final ServerContext context;
    private final ProxiedRequests requests;

    HttpLoop(Connection connection) {
        this.connection = connection;
        this.requests = new ProxiedRequests(connection);
        this.context = connection.context();
    }

    /// Answers requests.
    ///
    /// @return whether the connection goes on as a WebSocket
    @Override
    boolean run(InputStream in) throws IOException {
        try {
            boolean isIn =
                    hasPlace(in)
                            && requests.begin(in)
                            && hasPlace(in)
                            && Securing.isDone(connection, in);
            return isIn && serve(connection.input());
        } catch (BadRequest bad) {
            RefusedRequest.of(bad).tell(connection, connection.input());
            return false;
        }
    }

    /// Whether the connection is let in; if not, its client is told so.
    private boolean hasPlace(InputStream in) throws IOException {
        Admission.Decision decision = connection.admission();
        if (decision == Admission.Decision.TURNED_AWAY) {
            RefusedRequest.countTurnedAway(connection);
        } else if (decision != Admission.Decision.ADMITTED && Securing.isDone(connection, in)) {
            RefusedRequest.tooMany(decision, retryAfter()).tell(connection, connection.input());
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
            Route route = context.routes().find(head);
            if (!context.trust().origins().allowHost(head.host())) {
                RefusedRequest.ofHost(String.valueOf(head.host())).tell(connection, in);
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
            pause(charge(context.pacing().requests()));
            pause(restAfterTurn(in, context.pacing().runQueue()));
            if (!persistence.isKept()) {
                Lingering.linger(connection, in);
                return false;
            }
        }
        return false;
    }

    @Override
    void sayInternalError(InputStream in) throws IOException {
        Response error = Response.text(Status.INTERNAL_SERVER_ERROR, "internal error");
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
        long began = System.nanoTime();
        Optional<Instant> until = Optional.empty();
        if (endpoint.login().isPresent()) {
            connection.enter(Phase.HANDLING); // keys may have to be fetched
            switch (endpoint.login().get().decide(head)) {
                case Verdict.Refused(Refusal reason) -> {
                    RefusedRequest.of(reason, retryAfter()).tell(connection, in);
                    return false;
                }
                case Verdict.Accepted login -> until = login.until();
            }
        }
        return switch (decide(head, endpoint)) {
            case Rejection rejection -> {
                RefusedRequest.of(rejection, head.header(Header.ORIGIN)).tell(connection, in);
                yield false;
            }
            case Accepted accepted -> {
                Optional<Offer> offer = endpoint.terms().accept(head);
                Accepted answer = offer.map(it -> accepted.with(it.answer())).orElse(accepted);
                MessageLoop messages = open(answer, endpoint, endpoint.terms().of(offer), until);
                answered(endpoint, System.nanoTime() - began);
                yield !reader.intake().hasBytes() || messages.receive(in, reader.intake());
            }
        };
    }

    private Outcome decide(RequestHead head, Route.WebSocket endpoint) {
        return Handshake.decide(
                head, requests.scheme(), context.trust().origins(), endpoint.subprotocols());
    }

    private void answered(Route.WebSocket endpoint, long nanos) {
        context.counters().times.handshake(nanos);
        ConnectionOpened.emit(connection.id(), endpoint.path(), connection.address(), nanos);
    }

    /// Opens the session before the response is written, so that a client that has its response
    /// misses nothing that is published from then on. The outbox writes the response, so that a
    /// client that does not take it is as slow a consumer as any.
    ///
    /// @param until when the login that came with the request stops holding
    private MessageLoop open(
            Accepted accepted, Route.WebSocket endpoint, Inbound terms, Optional<Instant> until)
            throws IOException {
        SessionFactory sessions = endpoint.speaking(accepted.subprotocol());
        ClientSession session = sessions.session(connection, terms.outbox(), until);
        connection.enter(Phase.HANDLING);
        context.admission().handshakes().opens();
        try {
            session.open();
        } finally {
            context.admission().handshakes().hasOpened();
        }
        MessageLoop messages = new MessageLoop(connection, terms, session);
        connection.upgrade(messages, session, terms.outbox().bounds().sending().bufferBytes());
        session.outbox().begin(accepted.response());
        return messages;
    }

    private Duration retryAfter() {
        return context.limits().connections().retryAfter();
    }
}
