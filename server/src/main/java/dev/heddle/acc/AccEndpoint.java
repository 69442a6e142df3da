package dev.heddle.acc;

import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Envelope;
import dev.heddle.acc.wire.Reply;
import dev.heddle.acc.wire.Request;
import dev.heddle.acc.wire.Requests;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.SessionFactory;
import dev.heddle.session.Throttle;
import dev.heddle.telemetry.event.CommandHandled;

import java.time.Instant;
import java.util.Optional;

/// `/acc`, the JSON commands: each message is a request, and is answered before the next one is
/// read. So a slow one holds up its own client alone.
public final class AccEndpoint implements SessionFactory {
    private final AccContext context;
    private final Throttle.Rates rates;
    private final Handlers handlers;

    /// @param context what all connections share
    public AccEndpoint(AccContext context) {
        this.context = context;
        this.rates = Throttle.Rates.of(context.rates());
        this.handlers = new Handlers(context);
    }

    Throttle.Rates rates() {
        return rates;
    }

    @Override
    public AccSession session(
            Transport transport, OutboxContext outboxes, Optional<Instant> until) {
        return new AccSession(transport, outboxes, this, context);
    }

    void opened(AccSession opened) {
        context.connections().add(opened.id(), opened);
    }

    void message(AccSession from, Incoming.Data message) {
        try {
            if (from.takeTime(message.length())) {
                try {
                    byte[] answer = answer(from, message);
                    from.send(EncodedFrame.text(answer, 0, answer.length));
                } finally {
                    from.replied();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    void closed(AccSession ended) {
        context.connections().remove(ended.id());
        ended.logOut();
    }

    private byte[] answer(AccSession from, Incoming.Data message) {
        Optional<Request> decoded =
                Requests.decode(message.bytes(), message.offset(), message.length());
        if (decoded.isEmpty()) {
            return Envelope.notARequest();
        }
        if (context.users().anyCommandIsLife()) {
            from.showLife();
        }
        Request request = decoded.get();
        Reply reply = reply(from, request);
        try {
            return Envelope.reply(request, reply, context.language());
        } catch (RuntimeException | Error bug) {
            context.counters().bug(bug);
            return Envelope.noAnswer();
        }
    }

    /// A bug in a handler is answered too, and the connection lives.
    private Reply reply(AccSession from, Request request) {
        CommandHandled event = CommandHandled.started();
        long began = System.nanoTime();
        context.counters().commands.increment();
        Reply reply;
        try {
            reply = handlers.handle(from, request);
        } catch (RuntimeException | Error bug) {
            context.counters().commandFailures.increment();
            context.counters().bug(bug);
            reply = Reply.of(Code.SERVER_ERROR);
        }
        context.counters().times.command(began);
        event.emit(from.id(), from.user(), name(request), reply.code().number());
        return reply;
    }

    /// Nothing that a client makes up goes into events.
    private static String name(Request request) {
        return request.command() instanceof Command.Unknown ? "unknown" : request.cmd();
    }
}
