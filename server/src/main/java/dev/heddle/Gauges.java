package dev.heddle;

import dev.heddle.channel.Channels;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.net.Admission;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.Metrics;
import dev.heddle.user.Rooms;

import java.util.function.IntSupplier;

/// The metrics of a server with its gauges: what its parts say of themselves when somebody asks.
final class Gauges {
    private final Metrics metrics;

    /// @param counters which the metrics show beside
    Gauges(Counters counters) {
        this.metrics = new Metrics(counters).jvm();
    }

    Gauges connections(Admission admission) {
        metrics.gauge("heddle_connections", "Open connections", admission::connections)
                .gauge(
                        "heddle_full",
                        "1 while no connection can be accepted or let in, for lack of descriptors"
                                + " or by limits.connections",
                        () -> admission.isFull() ? 1 : 0);
        return this;
    }

    /// @param everyone who is subscribed to it
    Gauges hub(Hub hub, Fanout everyone) {
        metrics.gauge("heddle_subscribers", "Subscribers of the hub", everyone::subscribers)
                .gauge("heddle_hub_queue", "Commands waiting for the hub", hub::queued);
        return this;
    }

    Gauges rooms(Rooms rooms) {
        metrics.gauge("heddle_users", "Users logged in, once for each room", rooms::userCount);
        return this;
    }

    Gauges channels(Channels channels) {
        metrics.gauge("heddle_channels", "Channels kept", channels::count)
                .gauge("heddle_subscriptions", "Subscriptions to channels", channels::subscriptions)
                .gauge("heddle_channel_queue", "Commands waiting for channels", channels::queued)
                .gauge("heddle_history_bytes", "Bytes held by histories", channels::historyBytes);
        return this;
    }

    Gauges memory(UnfinishedBytes unfinished, IntSupplier leasedBuffers) {
        metrics.gauge(
                        "heddle_unfinished_bytes",
                        "Bytes held by unfinished messages",
                        unfinished::held)
                .gauge("heddle_leased_buffers", "Pooled buffers in use", leasedBuffers::getAsInt);
        return this;
    }

    /// Returns the metrics with all gauges that were registered.
    Metrics metrics() {
        return metrics;
    }
}
