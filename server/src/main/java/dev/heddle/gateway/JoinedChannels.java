package dev.heddle.gateway;

import dev.heddle.broker.Range;
import dev.heddle.channel.Channels;
import dev.heddle.channel.Identity;
import dev.heddle.channel.Party;
import dev.heddle.channel.Subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The channels that a service has put one connection into. **For the connection's thread.**
final class JoinedChannels {
    private final Channels channels;
    private final Party client;
    private final Identity identity;
    private final Set<String> first;
    private final Map<String, Subscription> byName = new HashMap<>(4);

    /// @param client the connection
    /// @param identity its user, as others see it
    /// @param first what it is to join at the beginning
    JoinedChannels(RouteChannels channels, Party client, Identity identity, Set<String> first) {
        this.channels = channels.all();
        this.first = first;
        this.client = client;
        this.identity = identity;
    }

    /// A subscription that is held back, and the offset from which on it begins.
    record Begun(Subscription subscription, long offset) {
        /// Lets it begin. Blocks while the client does not take what was held back.
        ///
        /// @return whether it goes on: not when too much was published meanwhile
        boolean begin() {
            return subscription.begin(offset);
        }
    }

    /// Whether the connection may be in so many channels.
    boolean hasRoomFor(ChannelChange change) {
        long more = change.join().stream().filter(name -> !byName.containsKey(name)).count();
        long fewer = change.leave().stream().filter(byName::containsKey).count();
        return byName.size() + more - fewer <= channels.maxSubscriptions();
    }

    /// Puts the connection into the channels of the beginning, as [#change].
    List<Begun> joinFirst() {
        return change(ChannelChange.joining(first));
    }

    /// Puts the connection into channels, and takes it out of others. When this fails it is where
    /// it was. Blocks while a hub is behind, and until the engine has answered.
    ///
    /// @return what has begun, each to be let begin
    /// @throws dev.heddle.broker.BrokerUnavailable if the engine does not answer
    List<Begun> change(ChannelChange change) {
        List<Begun> begun = new ArrayList<>();
        try {
            for (String name : change.join()) {
                if (!byName.containsKey(name)) {
                    begun.add(join(name));
                }
            }
        } catch (RuntimeException | Error failed) {
            begun.forEach(it -> leave(it.subscription.name()));
            throw failed;
        }
        change.leave().forEach(this::leave);
        return begun;
    }

    private Begun join(String name) {
        Subscription subscription = channels.subscribe(name, client, identity);
        try {
            long offset = channels.history(name, new Range.Newest(0)).position().offset();
            byName.put(name, subscription);
            return new Begun(subscription, offset);
        } catch (RuntimeException | Error failed) {
            channels.unsubscribe(subscription);
            throw failed;
        }
    }

    private void leave(String name) {
        Subscription subscription = byName.remove(name);
        if (subscription != null) {
            channels.unsubscribe(subscription);
        }
    }

    /// Takes the connection out of all. Never blocks.
    void leaveAll() {
        byName.values().forEach(channels::unsubscribe);
        byName.clear();
    }
}
