package dev.heddle.net;

import dev.heddle.auth.Refusal;
import dev.heddle.auth.RequestLogin;
import dev.heddle.config.OriginList;
import dev.heddle.config.Printable;
import dev.heddle.handshake.Rejection;
import dev.heddle.http.BadRequest;
import dev.heddle.http.Origin;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.session.Entry;
import dev.heddle.telemetry.event.HandshakeRejected;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// A request that is refused: why, and what the client is told.
///
/// @param reason one of [#reasons]
/// @param response the answer, after which the connection ends
/// @param remedy the setting that would have let the request in; empty if none would
record RefusedRequest(String reason, Response response, String remedy) {
    private static final String TOO_MANY_TO_BE_TOLD = "too many to be told";
    private static final String TOO_MANY = "too many connections";
    private static final String HOST_NOT_ALLOWED = "host not allowed";
    private static final String NOT_TLS = "not tls";

    private RefusedRequest(String reason, Response response) {
        this(reason, response, "");
    }

    /// Why requests are refused, in all words that there are for it.
    static List<String> reasons() {
        return Stream.of(
                        Rejection.reasons(),
                        BadRequest.reasons(),
                        List.of(TOO_MANY_TO_BE_TOLD, TOO_MANY, HOST_NOT_ALLOWED, NOT_TLS))
                .flatMap(List::stream)
                .toList();
    }

    /// Counts a connection that is ended without an answer, before there is any request.
    static void countTurnedAway(Connection connection) {
        count(connection, TOO_MANY_TO_BE_TOLD, 0, "");
    }

    /// Counts it, emits the event about it, and tells the client, whom it lets read that. The
    /// connection's thread alone.
    ///
    /// @param in what the client sends
    void tell(Connection connection, InputStream in) throws IOException {
        count(connection, reason, response.status().code(), remedy);
        Lingering.sayLast(connection, in, response);
    }

    private static void count(Connection connection, String reason, int status, String remedy) {
        connection.context().counters().handshakeRejected(reason);
        HandshakeRejected.emit(connection.id(), connection.address(), reason, status, remedy);
        if (!remedy.isEmpty()) {
            connection.context().counters().pageRefused(remedy);
        }
    }

    /// A request that breaks a rule of HTTP.
    static RefusedRequest of(BadRequest bad) {
        return new RefusedRequest(bad.reason(), Response.of(bad));
    }

    /// A request that is no acceptable opening handshake.
    ///
    /// @param origin the one that it names
    static RefusedRequest of(Rejection rejection, @Nullable String origin) {
        String normal = Origin.normal(String.valueOf(origin));
        String remedy =
                rejection == Rejection.ORIGIN_NOT_ALLOWED
                        ? remedy("allow-origin", OriginList.elementFor(normal))
                        : "";
        return new RefusedRequest(rejection.reason(), rejection.response(), remedy);
    }

    /// A request whose login does not hold.
    ///
    /// @param spread within which a client is told to come back when it might hold then
    static RefusedRequest of(Refusal login, Duration spread) {
        Response answer = RequestLogin.answer(login);
        boolean isForNow = answer.status() == Status.SERVICE_UNAVAILABLE;
        return new RefusedRequest(
                login.words(), isForNow ? withRetryAfter(answer, spread) : answer);
    }

    /// A request that its endpoint does not let in.
    ///
    /// @param spread within which a client is told to come back when it might be let in then
    static RefusedRequest of(Entry.Refused entry, Duration spread) {
        boolean isForNow = entry.response().status() == Status.SERVICE_UNAVAILABLE;
        return new RefusedRequest(
                entry.reason(),
                isForNow ? withRetryAfter(entry.response(), spread) : entry.response());
    }

    /// A request over one connection too many.
    ///
    /// @param spread within which the client is told to come back
    static RefusedRequest tooMany(Admission.Decision admission, Duration spread) {
        Status status =
                admission == Admission.Decision.SERVER_FULL
                        ? Status.SERVICE_UNAVAILABLE
                        : Status.TOO_MANY_REQUESTS;
        return new RefusedRequest(
                TOO_MANY, withRetryAfter(Response.text(status, TOO_MANY), spread));
    }

    /// A request without TLS to a port that speaks it.
    static RefusedRequest ofPlain() {
        String text = "this port speaks TLS: use https:// or wss://";
        return new RefusedRequest(NOT_TLS, Response.text(Status.BAD_REQUEST, text));
    }

    /// A request for a server of another name.
    static RefusedRequest ofHost(String host) {
        Response response = Response.text(Status.MISDIRECTED_REQUEST, HOST_NOT_ALLOWED);
        return new RefusedRequest(HOST_NOT_ALLOWED, response, remedy("allow-host", host));
    }

    /// Says when to come back: each client something else, so that they do not come together.
    private static Response withRetryAfter(Response response, Duration spread) {
        long seconds = ThreadLocalRandom.current().nextLong(1, Math.max(1, spread.toSeconds()) + 1);
        return response.with("Retry-After", Long.toString(seconds));
    }

    private static String remedy(String setting, String element) {
        return setting + ": \"" + Printable.of(element) + '"';
    }
}
