package dev.heddle.session;

import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// `/ws`, the raw broadcast hub: every message goes to all sessions, the sender's too.
public final class BroadcastEndpoint implements Endpoint {
    /// How long a session that sends more than it may is kept waiting before it is ended.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Fanout everyone;
    private final Throttle.Rates rates;

    /// @param everyone where sessions subscribe and messages are published
    /// @param messagesPerSecond of one session; 0 is no limit
    /// @param bytesPerSecond of one session; 0 is no limit
    public BroadcastEndpoint(Fanout everyone, int messagesPerSecond, int bytesPerSecond) {
        this.everyone = everyone;
        this.rates = Throttle.Rates.of(messagesPerSecond, bytesPerSecond, PATIENCE);
    }

    /// A session that knows how much it has sent, once it has sent something: most only listen.
    private static class Publisher extends Session {
        private @Nullable Throttle throttle;

        Publisher(Transport transport, OutboxContext context, BroadcastEndpoint endpoint) {
            super(transport, context, endpoint);
        }

        boolean takeTime(Throttle.Rates rates, int bytes) throws InterruptedException {
            Throttle own = throttle;
            if (own == null) {
                own = new Throttle(rates, System.nanoTime());
                throttle = own;
            }
            return own.takeTime(this, bytes);
        }
    }

    /// One that ends with the login that its client came with. A class of its own, so that who
    /// needs no login pays nothing for it.
    private static final class Guest extends Publisher {
        private final long endEpochMillis;

        Guest(
                Transport transport,
                OutboxContext context,
                BroadcastEndpoint endpoint,
                Optional<Instant> until) {
            super(transport, context, endpoint);
            this.endEpochMillis = LoginEnd.epochMillis(until);
        }

        @Override
        public int visit(int nowMillis) {
            int left = LoginEnd.left(endEpochMillis, InstantSource.system());
            if (left > 0) {
                return left;
            }
            close(CloseCode.TOKEN_EXPIRED, "token expired");
            return Integer.MAX_VALUE;
        }
    }

    @Override
    public Session session(Transport transport, OutboxContext context, Optional<Instant> until) {
        return until.isEmpty()
                ? new Publisher(transport, context, this)
                : new Guest(transport, context, this, until);
    }

    @Override
    public void opened(Session session) {
        everyone.subscribe(session);
    }

    @Override
    public void message(Session session, Incoming.Data message) {
        try {
            if (((Publisher) session).takeTime(rates, message.length())) {
                // A draining hub takes nothing, and has this client's Close frame ready.
                everyone.publish(new Fact.Raw(Session.encode(message)));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void closed(Session session) {
        everyone.unsubscribe(session);
    }
}
