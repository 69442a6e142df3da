package dev.heddle.broker.redis;

import dev.heddle.broker.Message;
import dev.heddle.broker.RecentIds;
import dev.heddle.config.RedisSettings;

/// The names of what is kept in Redis, and of what nodes listen for. All keys of a channel have the
/// channel's name in braces: so one node of a Redis Cluster has all of them.
///
/// @param namespace before every name
/// @param database which Pub/Sub does not know of, so that its names say it
/// @param node whose names they are
record Keys(String namespace, int database, String node) {
    Keys(RedisSettings settings, String node) {
        this(settings.namespace(), settings.database(), node);
    }

    /// A hash: `epoch`, `offset` of the last publication, `bytes` of those that are kept.
    String head(String channel) {
        return of(channel) + ":head";
    }

    /// A stream: the publications that are kept, by their offsets.
    String entries(String channel) {
        return of(channel) + ":entries";
    }

    /// A text: what was published under an id.
    ///
    /// @param message that has one
    String id(String channel, Message message) {
        String from = message.from() == null ? "" : message.from();
        String name = from.length() + "\n" + from + message.id();
        return of(channel) + ":id:" + RecentIds.digest(name);
    }

    /// Where nodes hear what is published in a channel.
    String said(String channel) {
        return said() + channel;
    }

    /// The channel of which something is said there.
    String channel(String said) {
        return said.substring(said().length());
    }

    private String said() {
        return namespace + ":" + database + ":said:";
    }

    /// Where the node hears itself.
    String probe() {
        return namespace + ":" + database + ":probe:" + node;
    }

    private String of(String channel) {
        return namespace + ":{" + channel.replace("%", "%25").replace("}", "%7D") + "}";
    }
}
