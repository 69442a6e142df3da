package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// One fan-out: what is published to it goes to all of its subscribers, in one order for all. It is
/// one of many that a [Hub] serves, and costs nothing but memory while nothing happens.
///
/// **Thread-safe.**
public final class Fanout {
    private final Hub hub;

    // Owned by the hub's loop.
    final Subscribers subscribers = new Subscribers();
    List<EncodedFrame> batch = List.of();

    /// When the first of the batch was published.
    long batchNanos;

    Fanout(Hub hub) {
        this.hub = hub;
    }

    /// Subscribes: the subscriber gets what is published after this returns. Blocks while the hub
    /// is behind.
    public void subscribe(Subscriber subscriber) {
        hub.put(new Command.Subscribe(this, subscriber));
    }

    /// Ends a subscription, if there still is one. Never blocks.
    public void unsubscribe(Subscriber subscriber) {
        hub.put(new Command.Unsubscribe(this, subscriber));
    }

    /// Publishes to all who are subscribed. Blocks until the hub has taken the frame.
    ///
    /// @return whether it was taken and so will be delivered: not when the hub drains or has
    ///   stopped
    public boolean publish(EncodedFrame frame) {
        return hub.put(new Command.Publish(this, frame, true));
    }

    /// Publishes to all who are subscribed, even when the hub is full. **Never blocks.** Only for
    /// what there is a bounded number of, as what announces a subscriber's coming or going.
    public void announce(EncodedFrame frame) {
        hub.put(new Command.Publish(this, frame, false));
    }

    /// How many subscribers there are, but for those who came and went in the last moment, which
    /// the next answer knows. Never blocks.
    public int subscribers() {
        hub.wake();
        return subscribers.size();
    }

    /// How many commands wait for its hub.
    public int queued() {
        return hub.queued();
    }
}
