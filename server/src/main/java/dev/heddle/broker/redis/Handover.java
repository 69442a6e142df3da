package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Publication;
import dev.heddle.telemetry.Counters;

/// To whom publications are handed on, and who counts. **Thread-safe.**
final class Handover {
    private final Counters counters;
    private volatile Broker.Listener listener = (_, _, _) -> false;

    Handover(Counters counters) {
        this.counters = counters;
    }

    void listener(Broker.Listener to) {
        listener = to;
    }

    /// As [Broker.Listener#published].
    void published(String channel, String epoch, Publication publication) {
        listener.published(channel, epoch, publication);
    }

    /// As [Broker.Listener#lost].
    void lost(String channel) {
        counters.engine.lost.increment();
        listener.lost(channel);
    }

    Counters counters() {
        return counters;
    }
}
