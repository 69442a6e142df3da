package dev.heddle.channel;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.Cluster;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Range;
import dev.heddle.broker.Roster;
import dev.heddle.config.ChannelRule;
import dev.heddle.config.ChannelSettings;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.hub.RawPublisher;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The channels of this node that somebody is subscribed to. **Thread-safe.**
public final class Channels {
    /// Hubs that share the channels. One that has to wait holds up its own channels alone.
    private static final int HUBS = 16;

    private final ChannelSettings settings;
    private final Broker broker;
    private final List<Hub> hubs = new ArrayList<>();
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Grace grace;
    private @Nullable AllNodes allNodes;
    private final Optional<Roster> roster;
    private final Optional<Elsewhere> elsewhere;

    /// Set before subscribers are sent away, so that a caller that finds none can tell why.
    private volatile boolean draining;

    /// @param settings the rules
    /// @param broker where publications go, and come from
    /// @param hubs makes a hub
    public Channels(ChannelSettings settings, Broker broker, Supplier<Hub> hubs) {
        this.settings = settings;
        this.broker = broker;
        this.grace = new Grace(settings.maxGraceUsers());
        this.roster = broker.cluster().map(Cluster::roster);
        this.elsewhere = broker.cluster().map(Cluster::nodes).map(Elsewhere::new);
        elsewhere.ifPresent(others -> others.answer(this::presentHere, this::countsHere));
        for (int i = 0; i < HUBS; i++) {
            this.hubs.add(hubs.get());
        }
    }

    /// Starts the hubs and the broker.
    public void start() {
        hubs.forEach(Hub::start);
        broker.start(new FromBroker(channels, this::isDraining, Optional.ofNullable(allNodes)));
    }

    /// Takes no more publications, and waits until those already taken are handed on. Blocks, at
    /// most for the given time.
    public void drain(Duration bound) throws InterruptedException {
        draining = true;
        long endNanos = System.nanoTime() + bound.toNanos();
        for (CountDownLatch drained : hubs.stream().map(Hub::drain).toList()) {
            var _ = drained.await(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /// Ends the hubs at once.
    public void stop() {
        draining = true;
        hubs.forEach(Hub::stop);
        grace.stop();
        broker.close();
    }

    /// How many channels one connection may be subscribed to.
    public int maxSubscriptions() {
        return settings.maxSubscriptions();
    }

    /// The rule of a channel.
    public ChannelRule rule(String name) {
        Channel channel = channels.get(name);
        return channel == null ? ChannelRule.of(name, settings.rules()) : channel.rule();
    }

    /// Keeps a channel for as long as this server runs.
    public Channel keep(String name) {
        return acquire(name);
    }

    /// Subscribes. The subscription is held back until [Subscription#begin]; the history that is
    /// read after this returns, and what it holds back, leave no gap between them. Blocks while the
    /// hub is behind.
    public Subscription subscribe(String name, Party party, Identity identity) {
        Channel channel = acquire(name);
        Subscription subscription = new Subscription(channel, party, identity);
        try {
            channel.enter(subscription);
            return subscription;
        } catch (RuntimeException | Error failed) {
            unsubscribe(subscription);
            throw failed;
        }
    }

    /// Ends a subscription, which must not have been ended. Never blocks.
    public void unsubscribe(Subscription subscription) {
        subscription.channel().leave(subscription, grace);
        release(subscription.name());
    }

    /// Publishes. Blocks until the hub has taken it.
    ///
    /// @param once whether it is not published again if its id was, by the same user in the channel
    public Published publish(String channel, Message message, boolean once) {
        return broker.publish(channel, message, once);
    }

    /// Whether other data was published under the id of a message, by the same user in the channel.
    public boolean isIdTaken(String channel, Message message) {
        return broker.isIdTaken(channel, message);
    }

    /// Reads a channel's history.
    public History history(String channel, Range range) {
        return broker.history(channel, range);
    }

    /// The subscribers of a channel on all nodes, each user's connections of a node together, and
    /// those that were subscribed until a moment ago and may come back. Takes time in proportion to
    /// their number. Blocks while other nodes are asked.
    public List<Present> present(String name) {
        List<Present> all = new ArrayList<>(presentHere(name));
        elsewhere.ifPresent(others -> all.addAll(others.present(name)));
        return all;
    }

    private List<Present> presentHere(String name) {
        Channel channel = channels.get(name);
        return channel == null ? List.of() : channel.present().stream().map(Present::of).toList();
    }

    /// How many are subscribed to a channel on all nodes. Users on several nodes count several
    /// times. Blocks while other nodes are asked.
    public Counts counts(String name) {
        Counts own = countsHere(name);
        return elsewhere.map(others -> others.counts(name).plus(own)).orElse(own);
    }

    /// How many are subscribed to a channel on this node.
    public Counts countsHere(String name) {
        Channel channel = channels.get(name);
        return channel == null ? Counts.NONE : channel.counts();
    }

    /// The other nodes; empty if there are none.
    public Optional<Cluster> cluster() {
        return broker.cluster();
    }

    /// Whether subscribers are being sent away, or will be at once.
    public boolean isDraining() {
        return draining;
    }

    /// The channels that somebody is subscribed to, in no order.
    public List<String> names() {
        return channels.values().stream()
                .filter(channel -> channel.connections() > 0)
                .map(Channel::name)
                .toList();
    }

    /// How many channels are kept.
    public int count() {
        return channels.size();
    }

    /// How many subscriptions there are. Takes time in proportion to the number of channels.
    public int subscriptions() {
        return channels.values().stream().mapToInt(Channel::connections).sum();
    }

    /// How many commands wait for the hubs.
    public int queued() {
        return hubs.stream().mapToInt(Hub::queued).sum();
    }

    /// Whether nothing can be published now, nor a history read.
    public boolean isUnavailable() {
        return broker.isUnavailable() || (allNodes != null && !broker.hears(AllNodes.LOG));
    }

    /// About what the histories take, in bytes.
    public long historyBytes() {
        return broker.historyBytes();
    }

    /// Lets the raw hub span all nodes. To be called at most once, before [#start].
    ///
    /// @param fanout of this node's sessions
    public RawPublisher spanNodes(Fanout fanout) {
        allNodes = new AllNodes(broker, fanout);
        return allNodes;
    }

    private Channel acquire(String name) {
        return channels.compute(
                name,
                (_, known) -> {
                    Channel channel = known == null ? open(name) : known;
                    channel.holders++;
                    return channel;
                });
    }

    private Channel open(String name) {
        broker.attach(name);
        Hub hub = hubs.get(Math.floorMod(name.hashCode(), HUBS));
        ChannelRule rule = ChannelRule.of(name, settings.rules());
        Channel channel = new Channel(name, rule, hub.fanout(), roster);
        channel.open();
        return channel;
    }

    private void release(String name) {
        channels.computeIfPresent(name, (_, channel) -> released(channel));
    }

    private @Nullable Channel released(Channel channel) {
        if (--channel.holders > 0) {
            return channel;
        }
        channel.close();
        broker.detach(channel.name());
        return null;
    }
}
