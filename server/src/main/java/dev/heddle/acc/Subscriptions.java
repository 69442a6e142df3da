package dev.heddle.acc;

import dev.heddle.acc.wire.ChannelData;
import dev.heddle.acc.wire.Pushes;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.channel.Identity;
import dev.heddle.channel.Subscription;
import dev.heddle.config.ChannelRule;
import dev.heddle.user.Rooms;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The subscriptions of one login, and what its token says of them. **Thread-safe**, but what is
/// said to be for the connection's thread.
final class Subscriptions {
    private final AccContext context;
    private final AccReceiver client;

    /// The identity in the login's newest token. Written by the connection's thread.
    private volatile Identity identity;

    private volatile Rights rights;

    /// Held while a subscription changes, until the client is told of it.
    private final ReentrantLock changing = new ReentrantLock();

    // Guarded by this.
    private Map<String, Subscription> byChannel = Map.of();
    private boolean isClosed;

    // Of the connection's thread.
    private @Nullable Runnable afterReply;

    /// @param client the connection that somebody has logged in on
    /// @param identity who
    /// @param rights what the token says
    Subscriptions(AccContext context, AccReceiver client, Identity identity, Rights rights) {
        this.context = context;
        this.client = client;
        this.identity = identity;
        this.rights = rights;
    }

    /// The rooms that the user may log in to; empty for all.
    Set<Integer> allowedRooms() {
        return rights.rooms();
    }

    /// Subscribes to the channels that the token names, once the reply to the present request is on
    /// its way. **For the connection's thread.**
    void subscribeToNamed() {
        List<String> named = rights.channels();
        afterReply(() -> named.forEach(this::subscribeToNamed));
    }

    /// Lets another token of the same user hold in place of the earlier one: what it does not allow
    /// any more ends at once, and the client is told after the reply to the present request; then
    /// the channels begin that it names and the earlier one did not. Blocks while somebody changes
    /// a subscription. **For the connection's thread.**
    void renew(Identity renewed, Rights newer) {
        List<String> withdrawn = new ArrayList<>();
        List<String> added = new ArrayList<>(newer.channels());
        change(
                () -> {
                    added.removeAll(rights.channels());
                    replaceRights(renewed, newer, withdrawn);
                });
        afterReply(
                () ->
                        change(
                                () -> {
                                    withdrawn.forEach(this::tellWithdrawn);
                                    added.forEach(this::subscribeToNamed);
                                }));
    }

    private synchronized void replaceRights(
            Identity renewed, Rights newer, List<String> withdrawn) {
        Rights earlier = rights;
        identity = renewed;
        rights = newer;
        byChannel.values().forEach(it -> it.identify(renewed));
        byChannel.keySet().stream()
                .filter(name -> earlier.isWithdrawn(name, newer, context.rooms()))
                .forEach(withdrawn::add);
        withdrawn.forEach(this::end);
    }

    /// Nothing is to be told of a channel to which somebody else has subscribed the client since.
    private void tellWithdrawn(String channel) {
        if (has(channel)) {
            return;
        }
        client.tellEnded(channel, "the token does not allow it any more", maySubscribe(channel));
    }

    /// Whether the client may subscribe to it by itself.
    private boolean maySubscribe(String channel) {
        ChannelRule rule = context.channels().rule(channel);
        return context.rooms().mayRead(channel, allowedRooms())
                && rule.permits(rule.subscribe(), channel, identity.user(), false);
    }

    /// A client that cannot be told that it begins has to come back: it does not know of it.
    private void subscribeToNamed(String channel) {
        if (Rooms.isOfNoRoom(channel, context.rooms().rooms())) {
            client.tellEnded(channel, "there is no such room", false);
            return;
        }
        try {
            if (subscribe(identity.user(), channel)) {
                return;
            }
        } catch (BrokerUnavailable later) {
            endOrSendAway(channel, "it cannot be subscribed to at the moment");
            return;
        }
        if (hasNoPlace()) {
            client.tellEnded(channel, "too many subscriptions", false);
        } else {
            client.closeAsSlowConsumer();
        }
    }

    private synchronized boolean hasNoPlace() {
        return !isClosed && byChannel.size() >= context.channels().maxSubscriptions();
    }

    /// Does something once the reply to the present request is on its way. **For the connection's
    /// thread.**
    void afterReply(Runnable action) {
        afterReply = action;
    }

    /// Changes a subscription and tells the client of it, while nobody else does: so what it hears
    /// of a channel is the truth. Blocks while somebody changes one.
    void change(Runnable change) {
        changing.lock();
        try {
            change.run();
        } finally {
            changing.unlock();
        }
    }

    /// Does what waited for the reply, which is on its way. **For the connection's thread.**
    void replied() {
        Runnable action = afterReply;
        afterReply = null;
        if (action != null) {
            action.run();
        }
    }

    /// Ends all, and begins no more. Never blocks but for one that is just beginning.
    synchronized void close() {
        isClosed = true;
        byChannel.values().forEach(context.channels()::unsubscribe);
        byChannel = Map.of();
    }

    synchronized boolean has(String channel) {
        return byChannel.containsKey(channel);
    }

    /// Begins a subscription, which is held back, and replaces another one to the same channel.
    /// Blocks while the hub is behind.
    ///
    /// @return empty if there are too many, or the login has ended
    synchronized Optional<Subscription> begin(String channel) {
        Subscription earlier = byChannel.get(channel);
        boolean isOneTooMany =
                earlier == null && byChannel.size() >= context.channels().maxSubscriptions();
        if (isClosed || isOneTooMany) {
            return Optional.empty();
        }
        Subscription subscription = context.channels().subscribe(channel, client, identity);
        if (earlier != null) {
            context.channels()
                    .unsubscribe(earlier); // before the history is read, which it could get too
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
        context.channels().unsubscribe(subscription);
        return true;
    }

    /// Ends a subscription, unless it was replaced.
    ///
    /// @return whether it was one
    synchronized boolean end(Subscription subscription) {
        return byChannel.get(subscription.name()) == subscription && end(subscription.name());
    }

    /// Lets a subscription begin, of which the client has been told. Blocks while the client does
    /// not take what was held back. When that became too much, the client subscribes again, or has
    /// to come back if only others may subscribe it.
    void begin(Subscription subscription, long offset) {
        if (!subscription.begin(offset) && end(subscription)) {
            endOrSendAway(subscription.name(), "too much was published meanwhile");
        }
    }

    /// As [AccSession#lost]. Blocks while the client does not take that it is told.
    void lost(String channel) {
        change(
                () -> {
                    if (end(channel)) {
                        endOrSendAway(channel, "publications were lost");
                    }
                });
    }

    /// Tells the client that it may subscribe anew; it has to come back if only others may do that.
    private void endOrSendAway(String channel, String reason) {
        if (maySubscribe(channel)) {
            client.tellEnded(channel, reason, true);
        } else {
            client.closeAsSlowConsumer();
        }
    }

    /// As [AccSession#subscribe].
    boolean subscribe(String user, String channel) {
        changing.lock();
        try {
            return identity.user().equals(user) && (has(channel) || subscribe(channel));
        } finally {
            changing.unlock();
        }
    }

    private boolean subscribe(String channel) {
        Optional<Subscription> begun = begin(channel);
        if (begun.isEmpty()) {
            return false;
        }
        Subscription subscription = begun.get();
        boolean isTold = false;
        try {
            ChannelData.Subscribed data = Missed.NOTHING.beginning(context.channels(), channel);
            isTold = client.deliver(Pushes.subscribed(data), System.nanoTime());
            if (isTold) {
                begin(subscription, data.offset());
            }
        } finally {
            if (!isTold) {
                end(subscription);
            }
        }
        return isTold;
    }

    /// As [AccSession#unsubscribe].
    boolean unsubscribe(String user, String channel) {
        changing.lock();
        try {
            boolean wasSubscribed = identity.user().equals(user) && end(channel);
            if (wasSubscribed) {
                client.tellEnded(channel, "by the server", false);
            }
            return wasSubscribed;
        } finally {
            changing.unlock();
        }
    }
}
