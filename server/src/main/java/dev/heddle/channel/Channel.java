package dev.heddle.channel;

import dev.heddle.broker.Publication;
import dev.heddle.config.ChannelRule;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fanout;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One channel that somebody here is subscribed to: who, and the fan-out that serves them.
///
/// **Thread-safe.** One lock guards who is subscribed, and every change of which the others are
/// told is announced to the fan-out while it is held: so the order in which they are told is the
/// order of the changes. Nobody who holds it waits for anything.
public final class Channel {
    private final String name;
    private final ChannelRule rule;
    private final Fanout fanout;

    /// Subscriptions and rooms that keep it. Guarded by [Channels].
    int holders;

    /// What else a publication is sent as: for the members of a room.
    private volatile @Nullable Function<Publication, EncodedFrame> roomFormat;

    /// How many subscriptions there are; rises before the first of them can miss anything.
    private volatile int count;

    // Guarded by this: the subscriptions of each user, and the last one of those who may come back.
    private final Map<String, List<Subscription>> subscribed = new LinkedHashMap<>(2);
    private final Map<String, Subscription> gone;

    Channel(String name, ChannelRule rule, Fanout fanout) {
        this.name = name;
        this.rule = rule;
        this.fanout = fanout;
        this.gone = rule.tellsJoins() ? new LinkedHashMap<>(2) : Map.of();
    }

    /// Its name.
    public String name() {
        return name;
    }

    /// What holds in it.
    public ChannelRule rule() {
        return rule;
    }

    /// Who gets what is published in it.
    public Fanout fanout() {
        return fanout;
    }

    /// Lets every publication also be sent to the fan-out in another form.
    ///
    /// @param format makes a frame for those alone who take that form
    public void sendAlsoAs(Function<Publication, EncodedFrame> format) {
        roomFormat = format;
    }

    /// Hands a publication to those who are subscribed. Blocks while the hub is behind.
    ///
    /// @return whether it was taken and so will be delivered
    boolean deliver(String epoch, Publication publication) {
        boolean isTaken = true;
        Function<Publication, EncodedFrame> format = roomFormat;
        if (format != null) {
            isTaken = fanout.publish(format.apply(publication));
        }
        if (count > 0) {
            isTaken &= fanout.publish(Pushes.publication(name, epoch, publication));
        }
        return isTaken;
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
            boolean isFirst = ofUser.size() == 1;
            if (isFirst && rule.tellsJoins() && gone.remove(user) == null) {
                fanout.announce(Pushes.join(name, subscription.identity()));
            }
        }
    }

    /// Takes a subscription out. Never blocks.
    ///
    /// @return whether the user has gone, and [#forget] is to be called after the rule's grace
    boolean leave(Subscription subscription) {
        String user = subscription.identity().user();
        boolean hasGone = false;
        subscription.end();
        fanout.unsubscribe(subscription);
        synchronized (this) {
            count--;
            List<Subscription> ofUser = subscribed.get(user);
            if (ofUser != null && ofUser.remove(subscription) && ofUser.isEmpty()) {
                subscribed.remove(user);
                hasGone = rule.tellsJoins();
                if (hasGone) {
                    gone.put(user, subscription);
                }
            }
        }
        return hasGone;
    }

    /// Forgets a user who has not come back since that subscription ended. Never blocks.
    synchronized void forget(Subscription last) {
        if (gone.remove(last.identity().user(), last)) {
            fanout.announce(Pushes.leave(name, last.identity()));
        }
    }

    /// Who is subscribed, and who was until a moment ago and may come back.
    synchronized List<Subscription> present() {
        List<Subscription> present = new ArrayList<>(count);
        subscribed.values().forEach(present::addAll);
        present.addAll(gone.values());
        return present;
    }

    /// How many connections are subscribed.
    int connections() {
        return count;
    }

    /// How many users are, or may come back.
    synchronized int userCount() {
        return subscribed.size() + gone.size();
    }
}
