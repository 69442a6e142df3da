package dev.heddle.session;

import dev.heddle.config.MessageRates;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.hub.Fanout;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the sessions of an [Endpoint].
public final class EndpointSessions implements SessionFactory {
    /// How long a session that sends more than it may is kept waiting before it is ended.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EndpointContext shared;
    private final Map<String, EndpointSessions> bySubprotocol = new ConcurrentHashMap<>();

    private EndpointSessions(EndpointContext shared) {
        this.shared = shared;
    }

    /// The sessions of an endpoint that sends to each of them by itself.
    public static EndpointSessions of(Endpoint endpoint, MessageRates rates) {
        return of(endpoint, rates, null);
    }

    /// The sessions of an endpoint that publishes to all of them.
    ///
    /// @param everyone where it publishes; `null` if nowhere
    public static EndpointSessions of(
            Endpoint endpoint, MessageRates rates, @Nullable Fanout everyone) {
        Throttle.Rates bounds =
                rates.equals(MessageRates.UNLIMITED)
                        ? null
                        : Throttle.Rates.of(
                                rates.messagesPerSecond(), rates.bytesPerSecond(), PATIENCE);
        return new EndpointSessions(
                new EndpointContext(endpoint, bounds, everyone, Optional.empty()));
    }

    @Override
    public EndpointSessions speaking(String subprotocol) {
        return bySubprotocol.computeIfAbsent(
                subprotocol,
                agreed ->
                        new EndpointSessions(
                                new EndpointContext(
                                        shared.endpoint(),
                                        shared.rates(),
                                        shared.everyone(),
                                        Optional.of(agreed))));
    }

    @Override
    public ClientSession session(
            Transport transport, OutboxContext context, Optional<Instant> until) {
        if (until.isPresent()) {
            return new GuestSession(transport, context, shared, until.get());
        }
        return shared.rates() == null
                ? new EndpointSession(transport, context, shared)
                : new ThrottledSession(transport, context, shared);
    }
}
