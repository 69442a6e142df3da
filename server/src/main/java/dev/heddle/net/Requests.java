package dev.heddle.net;

import dev.heddle.auth.Refusal;
import dev.heddle.auth.RequestLogin;
import dev.heddle.auth.Verdict;
import dev.heddle.config.OriginList;
import dev.heddle.config.Printable;
import dev.heddle.handshake.Accepted;
import dev.heddle.handshake.Handshake;
import dev.heddle.handshake.Rejection;
import dev.heddle.http.BadRequest;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.Header;
import dev.heddle.http.Origin;
import dev.heddle.http.Persistence;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.session.Session;
import dev.heddle.telemetry.event.ConnectionOpened;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Answers the HTTP requests of one connection, on its thread, until one of them is an accepted
/// opening handshake.
final class Requests extends TakingTurns {
    /// Why a connection is ended without an answer.
    static final String TOO_MANY_TO_BE_TOLD = "too many to be told";

    private static final String TOO_MANY = "too many connections";
    private static final String HOST_NOT_ALLOWED = "host not allowed";

    private final Connection connection;
    private final ServerContext context;

    Requests(Connection connection, ServerContext context) {
        this.connection = connection;
        this.context = context;
    }

    /// Why requests are refused, in all words that there are for it.
    static List<String> reasons() {
        return Stream.of(
                        Rejection.reasons(),
                        BadRequest.reasons(),
                        List.of(TOO_MANY_TO_BE_TOLD, TOO_MANY, HOST_NOT_ALLOWED))
                .flatMap(List::stream)
                .toList();
    }

    /// Answers requests.
    ///
    /// @return whether the connection goes on as a WebSocket
    boolean serve(InputStream in, Admission.Decision admission) throws IOException {
        if (admission != Admission.Decision.ADMITTED) {
            refuse(in, admission);
            return false;
        }
        try (HeadReader reader =
                new HeadReader(
                        in,
                        context.smallBuffers(),
                        context.largeBuffers(),
                        HeadLimits.of(context.limits()))) {
            for (RequestHead head = readFirst(reader); head != null; head = read(reader)) {
                Route route = context.routes().find(head);
                if (!context.origins().allowHost(head.host())) {
                    refuseHost(in, String.valueOf(head.host()));
                    return false;
                }
                if (route instanceof Route.WebSocket endpoint && head.method().equals("GET")) {
                    return upgrade(head, endpoint, reader, in);
                }
                connection.enter(Phase.HANDLING);
                Response answer = answer(head, route);
                boolean withBody = !head.method().equals("HEAD");
                Persistence persistence =
                        answer.status() == Status.OK ? head.persistence() : Persistence.CLOSED;
                respond(answer.encode(withBody, persistence));
                pay();
                takeTurns(in);
                if (!persistence.isKept()) {
                    connection.linger(in);
                    return false;
                }
            }
        } catch (BadRequest bad) {
            reject(in, bad.reason(), Response.of(bad));
        }
        return false;
    }

    /// Charges a request, and rests when there were too many.
    private void pay() {
        int micros = charge(context.pacing().requests());
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
                    refuse(in, reason);
                    return false;
                }
                case Verdict.Accepted login -> until = login.until();
            }
        }
        return switch (Handshake.decide(head, context.origins())) {
            case Rejection rejection -> {
                String origin = head.header(Header.ORIGIN);
                String remedy = rejection == Rejection.ORIGIN_NOT_ALLOWED ? remedy(origin) : "";
                reject(in, rejection.reason(), rejection.response(), remedy);
                yield false;
            }
            case Accepted accepted -> {
                Reception reception = open(accepted, endpoint, until);
                answered(endpoint, System.nanoTime() - began);
                yield reader.from() == reader.to()
                        || reception.receive(in, reader.buffer(), reader.from(), reader.to());
            }
        };
    }

    private void answered(Route.WebSocket endpoint, long nanos) {
        context.counters().times.handshake(nanos);
        ConnectionOpened.emit(connection.id(), endpoint.path(), connection.peer(), nanos);
    }

    /// Opens the session before the response is written, so that a client that has its response
    /// misses nothing that is published from then on. The outbox writes the response, so that a
    /// client that does not take it is as slow a consumer as any.
    ///
    /// @param until when the login that came with the request stops holding
    private Reception open(Accepted accepted, Route.WebSocket endpoint, Optional<Instant> until)
            throws IOException {
        Session session = endpoint.sessions().session(connection, endpoint.outbox(), until);
        connection.enter(Phase.HANDLING);
        context.admission().handshakes().opens();
        try {
            session.open();
        } finally {
            context.admission().handshakes().hasOpened();
        }
        Reception reception = new Reception(connection, endpoint, session);
        connection.upgrade(reception);
        session.outbox().begin(accepted.response());
        return reception;
    }

    /// Says when to come back: each client something else, so that they do not come together.
    private void refuse(InputStream in, Admission.Decision admission) throws IOException {
        Status status =
                admission == Admission.Decision.SERVER_FULL
                        ? Status.SERVICE_UNAVAILABLE
                        : Status.TOO_MANY_REQUESTS;
        reject(in, TOO_MANY, withRetryAfter(Response.text(status, TOO_MANY)));
    }

    private Response withRetryAfter(Response response) {
        long spread = Math.max(1, context.limits().retryAfter().toSeconds());
        long seconds = ThreadLocalRandom.current().nextLong(1, spread + 1);
        return response.with("Retry-After", Long.toString(seconds));
    }

    private void refuse(InputStream in, Refusal reason) throws IOException {
        Response answer = RequestLogin.answer(reason);
        boolean isForNow = answer.status() == Status.SERVICE_UNAVAILABLE;
        reject(in, reason.words(), isForNow ? withRetryAfter(answer) : answer);
    }

    private void refuseHost(InputStream in, String host) throws IOException {
        Response response = Response.text(Status.MISDIRECTED_REQUEST, HOST_NOT_ALLOWED);
        reject(in, HOST_NOT_ALLOWED, response, remedy("allow-host", host));
    }

    private static String remedy(@Nullable String origin) {
        String normal = Origin.normal(String.valueOf(origin));
        return remedy("allow-origin", OriginList.elementFor(normal));
    }

    private static String remedy(String setting, String element) {
        return setting + ": \"" + Printable.of(element) + '"';
    }

    private void reject(InputStream in, String reason, Response response) throws IOException {
        reject(in, reason, response, "");
    }

    /// @param remedy the setting that would have let it in; empty if none would
    private void reject(InputStream in, String reason, Response response, String remedy)
            throws IOException {
        connection.rejected(reason, response.status().code(), remedy);
        respond(response.encode(true, Persistence.CLOSED));
        connection.linger(in);
    }

    private void respond(byte[] response) throws IOException {
        connection.enter(Phase.RESPONDING);
        connection.write(response, 0, response.length);
    }
}
