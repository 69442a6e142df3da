package dev.heddle.channel;

import dev.heddle.broker.Publication;
import dev.heddle.broker.Roster;
import dev.heddle.config.ChannelRule;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/// One channel that somebody here is subscribed to: who, and the fan-out that serves them.
///
/// **Thread-safe.** One lock guards who is subscribed, and every change of which the others are
/// told is announced to the fan-out while it is held: so the order in which they are told is the
/// order of the changes. Nobody who holds it waits for anything.
public final class Channel {
    private final String name;
    private final ChannelRule rule;
    private final Fanout fanout;

    /// The users on all nodes whom subscribers are told of; `null` if nobody is told, or on one
    /// node.
    private final @Nullable Roster roster;

    /// Subscriptions and rooms that keep it. Guarded by [Channels].
    int holders;

    /// How many subscriptions there are.
    private volatile int count;

    // Guarded by this: the subscriptions of each user, and those who may come back.
    private final Map<String, List<Subscription>> subscribed = new LinkedHashMap<>(2);
    private final Map<String, Gone> gone;

    /// A user who has gone.
    ///
    /// @param last the user's last subscription
    /// @param end when the others will be told
    private record Gone(Subscription last, Future<?> end) {}

    Channel(String name, ChannelRule rule, Fanout fanout, Optional<Roster> shared) {
        this.name = name;
        this.rule = rule;
        this.fanout = fanout;
        this.roster = rule.tellsJoins() ? shared.orElse(null) : null;
        this.gone = rule.tellsJoins() ? new LinkedHashMap<>(2) : Map.of();
    }

    /// Loads the list of the channel's users on other nodes, if subscribers are told of users.
    void open() {
        if (roster != null) {
            roster.open(place(), new Joins());
        }
    }

    /// No room has such a place.
    private String place() {
        return "channel:" + name;
    }

    /// Tells of users as all nodes see them. Never blocks.
    private final class Joins implements Roster.Listener {
        @Override
        public void entered(String user, @Nullable String info) {
            fanout.announce(new Fact.Joined(name, user, info));
        }

        @Override
        public void left(String user, @Nullable String info) {
            fanout.announce(new Fact.Left(name, user, info));
        }
    }

    /// The channel's name.
    public String name() {
        return name;
    }

    /// The channel's rule.
    public ChannelRule rule() {
        return rule;
    }

    /// The subscribers of the channel's publications.
    public Fanout fanout() {
        return fanout;
    }

    /// Hands a publication to those who are subscribed. Blocks while the hub is behind.
    ///
    /// @return whether it was taken and so will be delivered
    boolean deliver(String epoch, Publication publication) {
        return fanout.publish(new Fact.Published(name, epoch, publication));
    }

    /// Puts a subscription in, which is held back. Blocks while the hub is behind.
    void enter(Subscription subscription) {
        synchronized (this) {
            count++;
        }
        fanout.subscribe(subscription);
        String user = subscription.identity().user();
        synchronized (this) {
            List<Subscription> ofUser = subscribed.computeIfAbsent(user, _ -> new ArrayList<>(1));
            ofUser.add(subscription);
            if (ofUser.size() == 1 && rule.tellsJoins()) {
                welcome(subscription.identity());
            }
        }
    }

    private synchronized void welcome(Identity who) {
        if (roster != null) {
            roster.present(place(), who.user(), who.info());
            return;
        }
        Gone back = gone.remove(who.user());
        if (back == null) {
            fanout.announce(new Fact.Joined(name, who.user(), who.info()));
        } else {
            back.end().cancel(false);
        }
    }

    /// Takes a subscription out. Never blocks.
    ///
    /// @param grace how the user is waited for
    void leave(Subscription subscription, Grace grace) {
        String user = subscription.identity().user();
        subscription.end();
        fanout.unsubscribe(subscription);
        synchronized (this) {
            count--;
            List<Subscription> ofUser = subscribed.get(user);
            if (ofUser != null && ofUser.remove(subscription) && ofUser.isEmpty()) {
                subscribed.remove(user);
                if (rule.tellsJoins()) {
                    miss(subscription, grace);
                }
            }
        }
    }

    private synchronized void miss(Subscription last, Grace grace) {
        if (roster != null) {
            roster.absent(place(), last.identity().user(), rule.grace());
            return;
        }
        grace.start(rule.grace(), () -> forget(last))
                .ifPresentOrElse(
                        end -> gone.put(last.identity().user(), new Gone(last, end)),
                        () -> announceLeft(last.identity()));
    }

    /// Forgets a user who has not come back since that subscription ended.
    private synchronized void forget(Subscription last) {
        String user = last.identity().user();
        Gone missed = gone.get(user);
        if (missed != null && missed.last().equals(last)) {
            gone.remove(user);
            announceLeft(last.identity());
        }
    }

    private void announceLeft(Identity who) {
        fanout.announce(new Fact.Left(name, who.user(), who.info()));
    }

    /// Nobody is subscribed any more, or will be.
    synchronized void close() {
        if (roster != null) {
            roster.close(place());
        }
        gone.values().forEach(missed -> missed.end().cancel(false));
    }

    /// Tells that publications for the subscribers are lost. Never blocks.
    void lost() {
        List<Subscription> all = new ArrayList<>();
        synchronized (this) {
            subscribed.values().forEach(all::addAll);
        }
        all.forEach(subscription -> subscription.party().lost(name));
    }

    /// The subscribers, and those that were subscribed until a moment ago and may come back.
    synchronized List<Subscription> present() {
        List<Subscription> present = new ArrayList<>(count);
        subscribed.values().forEach(present::addAll);
        gone.values().forEach(missed -> present.add(missed.last()));
        return present;
    }

    /// How many connections are subscribed.
    int connections() {
        return count;
    }

    /// How many are subscribed, users with those who may come back.
    synchronized Counts counts() {
        return new Counts(count, subscribed.size() + gone.size());
    }
}
