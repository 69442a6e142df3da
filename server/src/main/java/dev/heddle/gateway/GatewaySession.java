package dev.heddle.gateway;

import dev.heddle.config.GatewayEvent;
import dev.heddle.control.Callee;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.gateway.ServiceEvent.Data;
import dev.heddle.gateway.ServiceEvent.Origin;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.json.Json;
import dev.heddle.message.Incoming;
import dev.heddle.message.Utf8Validator;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;
import dev.heddle.session.LoginEnd;
import dev.heddle.telemetry.Addresses;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A client whose messages a service handles, one after the other, on the connection's thread.
final class GatewaySession extends ClientSession implements Callee {
    private final ServedRoute route;
    private final @Nullable String user;
    private final @Nullable String subprotocol;
    private final long endEpochMillis;

    // The connection's thread's alone.
    private @Nullable String state;
    private int events;

    private volatile boolean isWaiting;

    /// @param guest what is known of the client
    GatewaySession(ServedRoute route, Guest guest, Transport transport, Inside inside) {
        super(transport, inside.outbox());
        this.route = route;
        this.user = guest.user();
        this.subprotocol = guest.subprotocol();
        this.state = guest.state();
        this.events = guest.events();
        this.endEpochMillis = LoginEnd.epochMillis(inside.until());
    }

    /// A client that was let in.
    ///
    /// @param events that the service was told of it so far
    record Guest(
            @Nullable String user,
            @Nullable String subprotocol,
            @Nullable String state,
            int events) {}

    /// On which terms a client is let in.
    ///
    /// @param until when its login stops holding
    record Inside(OutboxContext outbox, Optional<Instant> until) {}

    @Override
    protected void opened() {
        route.callees().add(id(), this);
    }

    @Override
    protected void message(Incoming.Data message) {
        if (!route.tells(GatewayEvent.MESSAGE)) {
            return;
        }
        String type = message.isText() ? Data.TEXT : Data.BINARY;
        ServiceEvent event = next(GatewayEvent.MESSAGE, new Data(type, message.toByteArray()));
        isWaiting = true;
        ServiceReply reply;
        try {
            reply = route.calls().call(event);
        } finally {
            isWaiting = false;
        }
        answer(reply).ifPresent(this::send);
    }

    /// The client's frame for an answer of the service; empty if the answer is empty.
    private Optional<EncodedFrame> answer(ServiceReply reply) {
        if (!(reply instanceof Answer answer) || !answer.isDone()) {
            return route.failure();
        }
        byte[] body = answer.body();
        if (answer.isText() && !isUtf8(body)
                || answer.state().filter(text -> !ConnectAnswer.isState(text)).isPresent()) {
            return route.failure();
        }
        answer.state().ifPresent(text -> state = text);
        if (body.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                answer.isText()
                        ? EncodedFrame.text(body, 0, body.length)
                        : EncodedFrame.binary(body, 0, body.length));
    }

    private static boolean isUtf8(byte[] text) {
        Utf8Validator validator = new Utf8Validator();
        return validator.accept(text, 0, text.length) && validator.isComplete();
    }

    @Override
    protected void closed() {
        route.callees().remove(id());
        if (!route.tells(GatewayEvent.DISCONNECT)) {
            return;
        }
        DisconnectReport report =
                new DisconnectReport(
                        closeInitiator(),
                        closeCode(),
                        System.currentTimeMillis() - outbox().transport().openedEpochMillis(),
                        Integer.toUnsignedLong(messagesIn()),
                        Integer.toUnsignedLong(outbox().messagesOut()));
        Data data = new Data(Data.JSON, Json.write(report));
        route.disconnects().offer(next(GatewayEvent.DISCONNECT, data));
    }

    private ServiceEvent next(GatewayEvent kind, Data data) {
        Origin origin =
                new Origin(
                        route.callees().name(id()),
                        route.name(),
                        address(),
                        Optional.ofNullable(user),
                        Optional.ofNullable(subprotocol),
                        Optional.ofNullable(state));
        return ServiceEvent.now(kind, origin, ++events, data);
    }

    @Override
    public int visit(int nowMillis) {
        int left = LoginEnd.left(endEpochMillis, InstantSource.system());
        if (left <= 0) {
            close(CloseCode.TOKEN_EXPIRED, "token expired");
            return Integer.MAX_VALUE;
        }
        return left;
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    @Override
    public @Nullable String waitsFor() {
        return isWaiting ? route.name() : null;
    }

    @Override
    public boolean offer(EncodedFrame message) {
        return outbox().isTaking() && offerAll(List.of(compressed(message)), 0) == 1;
    }

    @Override
    public void close(int code, String reason) {
        if (code == CloseCode.NO_STATUS_RECEIVED) {
            throw new IllegalArgumentException("no Close frame can carry " + code);
        }
        super.close(code, reason);
    }

    @Override
    public Description describe() {
        Instant since = Instant.ofEpochMilli(outbox().transport().openedEpochMillis());
        return new Description(route.name(), user, address(), since);
    }

    private String address() {
        return Addresses.text(outbox().transport().address());
    }

    private long id() {
        return outbox().transport().id();
    }
}
