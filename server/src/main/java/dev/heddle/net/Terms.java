package dev.heddle.net;

import dev.heddle.config.EndpointLimits;
import dev.heddle.deflate.Agreement;
import dev.heddle.deflate.Deflation;
import dev.heddle.deflate.Offer;
import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;
import dev.heddle.outbox.OutboxContext;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The terms on which connections to one endpoint are served.
///
/// **Thread-safe.** What a connection holds of it, it shares with all that have agreed on the same.
public final class Terms {
    private final Inbound plain;
    private final Optional<Deflation> deflation;
    private final Map<Agreement, Inbound> agreed = new ConcurrentHashMap<>();

    /// @param path of the endpoint
    /// @param limits what incoming messages must keep to
    /// @param outbox what outboxes share
    /// @param deflation what compresses, if anything does
    public Terms(
            String path,
            EndpointLimits limits,
            OutboxContext outbox,
            Optional<Deflation> deflation) {
        this.plain = new Inbound(path, limits, outbox, null);
        this.deflation = deflation;
    }

    /// Where the endpoint is.
    String path() {
        return plain.path();
    }

    /// The first offer of a client that can be accepted.
    Optional<Offer> accept(RequestHead head) {
        return deflation.flatMap(it -> it.accept(head.header(Header.SEC_WEBSOCKET_EXTENSIONS)));
    }

    /// The terms for those whose offer is accepted; there are a few dozen agreements at most.
    Inbound of(Optional<Offer> offer) {
        return offer.map(Offer::agreement)
                .map(it -> agreed.computeIfAbsent(it, this::agree))
                .orElse(plain);
    }

    private Inbound agree(Agreement on) {
        Deflation compresses = deflation.orElseThrow();
        OutboxContext outbox = plain.outbox().with(compresses.compression(on));
        return new Inbound(plain.path(), plain.limits(), outbox, compresses.window(on));
    }
}
