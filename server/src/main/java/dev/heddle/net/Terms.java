package dev.heddle.net;

import dev.heddle.config.EndpointLimits;
import dev.heddle.deflate.Agreement;
import dev.heddle.deflate.Deflation;
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

    /// What compresses, if anything does.
    Optional<Deflation> deflation() {
        return deflation;
    }

    /// The terms for those who have agreed on that; there are a few dozen agreements at most.
    Inbound of(Optional<Agreement> agreement) {
        return agreement.map(it -> agreed.computeIfAbsent(it, this::agree)).orElse(plain);
    }

    private Inbound agree(Agreement on) {
        Deflation compresses = deflation.orElseThrow();
        OutboxContext outbox = plain.outbox().with(compresses.compression(on));
        return new Inbound(plain.path(), plain.limits(), outbox, compresses.window(on));
    }
}
