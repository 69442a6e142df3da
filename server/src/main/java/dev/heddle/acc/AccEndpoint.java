package dev.heddle.acc;

import dev.heddle.acc.wire.Code;
import dev.heddle.acc.wire.Command;
import dev.heddle.acc.wire.Envelope;
import dev.heddle.acc.wire.Reply;
import dev.heddle.acc.wire.Request;
import dev.heddle.acc.wire.Requests;
import dev.heddle.broker.BrokerUnavailable;
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
    /// @param services behind this server, which handle the commands that it has not
    public AccEndpoint(AccContext context, Services services) {
        this.context = context;
        this.rates = Throttle.Rates.of(context.rates());
        this.handlers = new Handlers(context, services);
    }

    @Override
    public AccSession session(
            Transport transport, OutboxContext outboxes, Optional<Instant> until) {
        return new Served(transport, outboxes);
    }

    /// A session that is served here.
    private final class Served extends AccSession {
        Served(Transport transport, OutboxContext outboxes) {
            super(transport, outboxes, context, rates);
        }

        @Override
        protected void opened() {
            context.connections().add(id(), this);
        }

        @Override
        protected void message(Incoming.Data message) {
            take(this, message);
        }

        @Override
        protected void closed() {
            context.connections().remove(id());
            logOut();
        }
    }

    private void take(AccSession from, Incoming.Data message) {
        try {
            if (from.takeTime(message.length())) {
                Optional<Request> request =
                        Requests.decode(message.bytes(), message.offset(), message.length());
                if (request.isPresent()) {
                    handle(from, request.get());
                } else {
                    send(from, Envelope.notARequest());
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(AccSession from, Request request) {
        if (context.users().anyCommandIsLife()) {
            from.showLife();
        }
        Subscriptions changed =
                changesSubscription(request.command()) ? from.anySubscriptions() : null;
        if (changed == null) {
            answer(from, request);
        } else {
            changed.change(() -> answer(from, request));
        }
    }

    /// Whether a command changes a subscription, of which its reply tells.
    private static boolean changesSubscription(Command command) {
        return command instanceof Command.Subscribe || command instanceof Command.Unsubscribe;
    }

    private void answer(AccSession from, Request request) {
        try {
            send(from, encode(request, reply(from, request)));
        } finally {
            Subscriptions ofLogin = from.presentSubscriptions();
            if (ofLogin != null) {
                ofLogin.replied();
            }
        }
    }

    private static void send(AccSession to, byte[] answer) {
        to.send(EncodedFrame.text(answer, 0, answer.length));
    }

    private byte[] encode(Request request, Reply reply) {
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
        } catch (BrokerUnavailable later) {
            context.counters().commandFailures.increment();
            reply = Reply.of(Code.STORE_FAILED);
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
