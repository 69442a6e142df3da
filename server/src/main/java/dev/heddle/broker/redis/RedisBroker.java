package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Cluster;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.config.ChannelSettings;
import dev.heddle.config.ClusterSettings;
import dev.heddle.config.RedisSettings;
import dev.heddle.telemetry.Counters;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// The engine over Redis or Valkey, which all nodes of one namespace share. **Thread-safe.**
///
/// Histories are bounded by the rule of each channel, and all together by the memory that Redis
/// has. A channel's log, and so its epoch, is forgotten an hour after it was last used, or when
/// Redis loses it.
public final class RedisBroker implements Broker {
    /// How long the end waits until Redis knows who is not here any more.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Duration timeout;
    private final Redis redis;
    private final Logs logs;
    private final Handover handover;
    private final Attachments attachments;
    private final Ear ear;
    private final Lease lease;
    private final RedisRoster roster;
    private final Bus bus;
    private final RedisMessageIds messageIds;

    /// @param channels the rules of channels
    /// @param cluster which says where Redis is
    public RedisBroker(ChannelSettings channels, ClusterSettings cluster, Counters counters) {
        RedisSettings settings = cluster.redis();
        String node = cluster.node().isEmpty() ? randomName() : cluster.node();
        Keys keys = new Keys(settings, node + "-" + randomName());
        this.timeout = settings.timeout();
        this.redis = new Redis(settings, node, cluster.durable());
        Counting counting = new Counting(redis, counters);
        this.logs = new Logs(counting, keys, channels.rules());
        this.handover = new Handover(counters);
        this.attachments = new Attachments(logs, handover);
        this.ear = new Ear(redis, keys, attachments, handover);
        Members members = new Members(counting, keys);
        this.lease = new Lease(members, node, cluster.lease());
        this.roster = new RedisRoster(members, lease, timeout, new Listening());
        this.bus = new Bus(members, lease, timeout, ear::requireHearing);
        this.messageIds = new RedisMessageIds(counting, keys);
        handover.events(new Events());
    }

    private final class Listening implements Attaching {
        @Override
        public void attach(String log) {
            RedisBroker.this.attach(log);
        }

        @Override
        public void detach(String log) {
            RedisBroker.this.detach(log);
        }
    }

    private final class Events implements Handover.Events {
        @Override
        public void heard(String place, String epoch, Publication event) {
            roster.heard(place, epoch, event);
        }

        @Override
        public void begin(String place) {
            roster.begin(place);
        }

        @Override
        public void beginAgain(String place) {
            roster.beginAgain(place);
        }

        @Override
        public void said(String text) {
            bus.heard(text);
        }
    }

    private static String randomName() {
        return Integer.toHexString(new SecureRandom().nextInt());
    }

    @Override
    public Optional<Cluster> cluster() {
        return Optional.of(new Cluster(roster, bus, messageIds));
    }

    @Override
    public void start(Listener listener) {
        handover.listener(listener);
        ear.start();
        lease.start(roster::tellAgain);
    }

    @Override
    public Published publish(String channel, Message message, boolean once) {
        ear.requireHearing();
        Attachment attachment = attachments.find(channel);
        if (attachment == null) {
            return logs.publish(channel, message, once);
        }
        requireHeard(attachment);
        Published published = logs.publish(channel, message, once);
        attachment.awaitDelivered(published.position(), timeout);
        return published;
    }

    @Override
    public boolean isIdTaken(String channel, Message message) {
        return logs.isIdTaken(channel, message);
    }

    @Override
    public History history(String channel, Range range) {
        ear.requireHearing();
        Attachment attachment = attachments.find(channel);
        if (attachment != null) {
            requireHeard(attachment);
        }
        return logs.read(channel, range);
    }

    private void requireHeard(Attachment attachment) {
        if (!attachment.awaitHeard(timeout)) {
            throw new BrokerUnavailable("does not listen to the channel yet");
        }
    }

    @Override
    public long historyBytes() {
        return 0;
    }

    @Override
    public boolean isUnavailable() {
        return !ear.isHearing() || lease.isFailing();
    }

    @Override
    public boolean hears(String channel) {
        Attachment attachment = attachments.find(channel);
        return attachment != null && attachment.awaitHeard(Duration.ZERO);
    }

    @Override
    public void attach(String channel) {
        if (attachments.attach(channel)) {
            ear.changed(channel);
        }
    }

    @Override
    public void detach(String channel) {
        if (attachments.detach(channel)) {
            ear.changed(channel);
        }
    }

    @Override
    public void close() {
        try {
            boolean isAllTold = roster.close(PATIENCE);
            lease.close(isAllTold);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        ear.close();
        attachments.close();
        redis.close();
    }
}
