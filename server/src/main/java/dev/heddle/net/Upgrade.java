package dev.heddle.net;

import dev.heddle.auth.Refusal;
import dev.heddle.auth.Verdict;
import dev.heddle.deflate.Offer;
import dev.heddle.handshake.Accepted;
import dev.heddle.handshake.Handshake;
import dev.heddle.handshake.Rejection;
import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;
import dev.heddle.session.Arrival;
import dev.heddle.session.ClientSession;
import dev.heddle.session.Entry;
import dev.heddle.telemetry.event.ConnectionOpened;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The handling of one request for a WebSocket: its login is checked, then its opening handshake,
/// then its endpoint decides. The result is a session, or a refusal. On the connection's thread.
///
/// @param scheme what the client has spoken, `http` or `https`
record Upgrade(Connection connection, RequestHead head, Route.WebSocket endpoint, String scheme) {

    /// The result of the request.
    sealed interface Result {

        /// The connection is a WebSocket, whose client has its answer.
        record Opened(MessageLoop messages) implements Result {}

        /// The request is refused.
        record Refused(RefusedRequest request) implements Result {}
    }

    /// Decides, and answers a client that is let in. Blocks for as long as login and endpoint do.
    Result decide() throws IOException {
        long began = System.nanoTime();
        Optional<Verdict.Accepted> login = Optional.empty();
        if (endpoint.login().isPresent()) {
            connection.enter(Phase.HANDLING); // keys may have to be fetched
            switch (endpoint.login().get().decide(head)) {
                case Verdict.Refused(Refusal reason) -> {
                    return new Result.Refused(RefusedRequest.of(reason, retryAfter()));
                }
                case Verdict.Accepted accepted -> login = Optional.of(accepted);
            }
        }
        Result result =
                switch (Handshake.decide(
                        head, scheme, context().trust().origins(), endpoint.subprotocols())) {
                    case Rejection rejection ->
                            new Result.Refused(
                                    RefusedRequest.of(rejection, head.header(Header.ORIGIN)));
                    case Accepted accepted -> enter(accepted, login);
                };
        if (result instanceof Result.Opened) {
            answered(System.nanoTime() - began);
        }
        return result;
    }

    /// Asks the endpoint.
    private Result enter(Accepted accepted, Optional<Verdict.Accepted> login) throws IOException {
        Arrival arrival =
                new Arrival(
                        connection.id(),
                        connection.address(),
                        head,
                        login.map(Verdict.Accepted::user),
                        accepted.subprotocol());
        connection.enter(Phase.HANDLING);
        return switch (endpoint.sessions().decide(arrival)) {
            case Entry.Refused refused ->
                    new Result.Refused(RefusedRequest.of(refused, retryAfter()));
            case Entry.Admitted admitted ->
                    new Result.Opened(
                            open(accepted.speaking(admitted.subprotocol()), admitted, login));
        };
    }

    /// Opens the session before the response is written, so that a client that has its response
    /// misses nothing that is published from then on. The outbox writes the response, so that a
    /// client that does not take it is as slow a consumer as any.
    private MessageLoop open(
            Accepted accepted, Entry.Admitted admitted, Optional<Verdict.Accepted> login)
            throws IOException {
        Optional<Offer> offer = endpoint.terms().accept(head);
        Inbound terms = endpoint.terms().of(offer);
        ClientSession session =
                admitted.sessions()
                        .session(
                                connection, terms.outbox(), login.flatMap(Verdict.Accepted::until));
        connection.enter(Phase.HANDLING);
        context().admission().handshakes().opens();
        try {
            session.open();
        } finally {
            context().admission().handshakes().hasOpened();
        }
        MessageLoop messages = new MessageLoop(connection, terms, session);
        connection.upgrade(messages, session, terms.outbox().bounds().sending().bufferBytes());
        Accepted answer = offer.map(it -> accepted.with(it.answer())).orElse(accepted);
        session.outbox().begin(answer.response());
        return messages;
    }

    private void answered(long nanos) {
        context().counters().times.handshake(nanos);
        ConnectionOpened.emit(connection.id(), endpoint.path(), connection.address(), nanos);
    }

    private ServerContext context() {
        return connection.context();
    }

    private Duration retryAfter() {
        return context().limits().connections().retryAfter();
    }
}
