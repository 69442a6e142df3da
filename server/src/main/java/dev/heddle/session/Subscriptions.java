package dev.heddle.session;

import dev.heddle.channel.Channels;
import dev.heddle.channel.Identity;
import dev.heddle.channel.Party;
import dev.heddle.channel.Subscription;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The subscriptions of one connection, as long as somebody is logged in on it. **Thread-safe.**
final class Subscriptions {
    private final Channels channels;
    private final Party party;

    // Guarded by this.
    private Map<String, Subscription> byChannel = Map.of();
    private @Nullable Identity identity;

    Subscriptions(Channels channels, Party party) {
        this.channels = channels;
        this.party = party;
    }

    /// Somebody has logged in.
    synchronized void open(Identity who) {
        identity = who;
    }

    /// Ends all, and begins no more. Never blocks but for one that is just beginning.
    synchronized void close() {
        identity = null;
        byChannel.values().forEach(channels::unsubscribe);
        byChannel = Map.of();
    }

    synchronized boolean has(String channel) {
        return byChannel.containsKey(channel);
    }

    /// Begins a subscription, which is held back, and replaces another one to the same channel.
    /// Blocks while the hub is behind.
    ///
    /// @return empty if there are too many, or nobody is logged in any more
    synchronized Optional<Subscription> begin(String channel) {
        Subscription earlier = byChannel.get(channel);
        boolean isOneTooMany = earlier == null && byChannel.size() >= channels.maxSubscriptions();
        if (identity == null || isOneTooMany) {
            return Optional.empty();
        }
        Subscription subscription = channels.subscribe(channel, party, identity);
        if (earlier != null) {
            channels.unsubscribe(earlier); // before the history is read, which it could get too
        }
        if (byChannel.isEmpty()) {
            byChannel = new HashMap<>(4);
        }
        byChannel.put(subscription.name(), subscription);
        return Optional.of(subscription);
    }

    /// Ends the subscription to a channel. Never blocks but for one that is just beginning.
    ///
    /// @return whether there was one
    synchronized boolean end(String channel) {
        Subscription subscription = byChannel.isEmpty() ? null : byChannel.remove(channel);
        if (subscription == null) {
            return false;
        }
        channels.unsubscribe(subscription);
        return true;
    }

    /// Ends that subscription, unless it was replaced.
    synchronized void end(Subscription subscription) {
        if (byChannel.get(subscription.name()) == subscription) {
            end(subscription.name());
        }
    }

    /// The channels.
    synchronized List<String> names() {
        return List.copyOf(byChannel.keySet());
    }
}
