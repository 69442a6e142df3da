package dev.heddle.hub;

/// One fan-out: what is published to it goes to all of its subscribers, in one order for all. It is
/// one of many that a [Hub] serves, and costs nothing but memory while nothing happens.
///
/// **Thread-safe.** The publisher's thread renders each fact, once for each form that subscribers
/// take.
public final class Fanout {
    private final CommandQueue queue;
    private final Subscribers subscribers = new Subscribers();

    Fanout(CommandQueue queue) {
        this.queue = queue;
    }

    /// Subscribes: the subscriber gets what is published after this returns. Blocks while the hub
    /// is behind.
    public void subscribe(Subscriber subscriber) {
        subscribers.forms.add(subscriber.form());
        queue.put(new Command.Subscribe(subscribers, subscriber));
    }

    /// Ends a subscription, if there still is one. Never blocks.
    public void unsubscribe(Subscriber subscriber) {
        queue.put(new Command.Unsubscribe(subscribers, subscriber));
    }

    /// Publishes to all who are subscribed. Blocks until the hub has taken the fact.
    ///
    /// @return whether it was taken and so will be delivered: not when the hub drains or has
    ///   stopped
    public boolean publish(Fact fact) {
        return queue.put(new Command.Publish(subscribers, render(fact), true));
    }

    /// Publishes to all who are subscribed, even when the hub is full. **Never blocks.** Only for
    /// what there is a bounded number of, as what announces a subscriber's coming or going.
    public void announce(Fact fact) {
        announce(render(fact));
    }

    /// As [#announce(Fact)], for a fact that [#render] has rendered.
    public void announce(Rendering fact) {
        queue.put(new Command.Publish(subscribers, fact, false));
    }

    /// Renders a fact in the forms that subscribers take, so that somebody who holds a lock can
    /// announce it without that work.
    public Rendering render(Fact fact) {
        return new Rendering(fact, subscribers.forms.all(), subscribers.size());
    }

    /// How many subscribers there are, but for those who came and went in the last moment, which
    /// the next answer knows. Never blocks.
    public int subscribers() {
        queue.wake();
        return subscribers.size();
    }

    /// How many commands wait for its hub.
    public int queued() {
        queue.wake();
        return queue.size();
    }
}
