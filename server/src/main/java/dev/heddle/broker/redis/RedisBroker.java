package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Range;
import dev.heddle.config.ChannelSettings;
import dev.heddle.config.ClusterSettings;
import dev.heddle.config.RedisSettings;
import dev.heddle.telemetry.Counters;

import java.security.SecureRandom;
import java.time.Duration;

/// The engine over Redis or Valkey, which all nodes of one namespace share. **Thread-safe.**
///
/// Histories are bounded by the rule of each channel, and all together by the memory that Redis
/// has. A channel's log, and so its epoch, is forgotten an hour after it was last used, or when
/// Redis loses it.
public final class RedisBroker implements Broker {
    private final Duration timeout;
    private final Redis redis;
    private final Logs logs;
    private final Handover handover;
    private final Attachments attachments;
    private final Ear ear;

    /// @param channels the rules of channels
    /// @param cluster which says where Redis is
    public RedisBroker(ChannelSettings channels, ClusterSettings cluster, Counters counters) {
        RedisSettings settings = cluster.redis();
        this.timeout = settings.timeout();
        String node = cluster.node().isEmpty() ? randomName() : cluster.node();
        Keys keys = new Keys(settings, node);
        this.redis = new Redis(settings, node);
        this.logs = new Logs(redis, keys, channels.rules(), counters.engine);
        this.handover = new Handover(counters);
        this.attachments = new Attachments(logs, handover);
        this.ear = new Ear(redis, keys, attachments, handover);
    }

    private static String randomName() {
        return Integer.toHexString(new SecureRandom().nextInt());
    }

    @Override
    public void start(Listener listener) {
        handover.listener(listener);
        ear.start();
    }

    @Override
    public Published publish(String channel, Message message, boolean once) {
        Attachment attachment = attachments.find(channel);
        if (attachment == null) {
            return logs.publish(channel, message, once);
        }
        attachment.awaitHeard(timeout);
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
        Attachment attachment = attachments.find(channel);
        if (attachment != null) {
            attachment.awaitHeard(timeout);
        }
        return logs.read(channel, range);
    }

    @Override
    public long historyBytes() {
        return 0;
    }

    @Override
    public boolean isUnavailable() {
        return !ear.isHearing();
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
        ear.close();
        attachments.close();
        redis.close();
    }
}
