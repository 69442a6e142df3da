package dev.heddle.gateway;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.config.GatewayEvent;
import dev.heddle.control.Callee;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.gateway.JoinedChannels.Begun;
import dev.heddle.gateway.ServiceEvent.Data;
import dev.heddle.gateway.ServiceEvent.Origin;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.json.Json;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.LoginEnd;
import dev.heddle.telemetry.Addresses;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A client whose messages a service handles, one after the other, on the connection's thread.
final class GatewaySession extends JoiningSession implements Callee {
    private final @Nullable String user;
    private final @Nullable String subprotocol;
    private final long endEpochMillis;

    // The connection's thread's alone.
    private @Nullable String state;
    private int events;

    private volatile boolean isWaiting;

    /// @param guest what is known of the client
    GatewaySession(ServedRoute route, Guest guest, Transport transport, Inside inside) {
        super(route, transport, inside.outbox());
        this.user = guest.user();
        this.subprotocol = guest.subprotocol();
        this.state = guest.state();
        this.events = guest.events();
        this.endEpochMillis = LoginEnd.epochMillis(inside.until());
        if (!guest.channels().isEmpty()) {
            joinOnceOpened(guest.channels());
        }
    }

    /// On which terms a client is let in.
    ///
    /// @param until when its login stops holding
    record Inside(OutboxContext outbox, Optional<Instant> until) {}

    @Override
    protected void opened() {
        route.callees().add(id(), this);
        joinFirst();
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
        if (!(reply instanceof Answer answer) || !answer.isDone() || !take(answer)) {
            route.failure().ifPresent(this::send);
        }
    }

    private boolean isRight(Answer answer) {
        return answer.channels().filter(this::isPossible).isPresent()
                && answer.state().filter(text -> !ConnectAnswer.isState(text)).isEmpty()
                && (!answer.isText() || answer.isUtf8());
    }

    /// Does what an answer says. What is published in channels that the client joins comes after
    /// the answer.
    ///
    /// @return whether it could be done; otherwise nothing of it is
    private boolean take(Answer answer) {
        if (!isRight(answer)) {
            route.warnAbout("a message with what cannot be; the client gets the failure");
            return false;
        }
        List<Begun> begun;
        try {
            begun = change(answer.channels().orElseThrow());
        } catch (BrokerUnavailable later) {
            return false;
        }
        answer.state().ifPresent(text -> state = text);
        frame(answer).ifPresent(this::send);
        begin(begun);
        return true;
    }

    /// The client's frame for an answer of the service; empty if the answer is empty.
    private static Optional<EncodedFrame> frame(Answer answer) {
        byte[] body = answer.body();
        if (body.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                answer.isText()
                        ? EncodedFrame.text(body, 0, body.length)
                        : EncodedFrame.binary(body, 0, body.length));
    }

    @Override
    protected void closed() {
        route.callees().remove(id());
        leaveAll();
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
                        name(),
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
        return isTaking() && offerAll(List.of(compressed(message)), 0) == 1;
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
}
