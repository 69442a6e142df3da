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
    private static final String EVENTS = "\u0001";

    Keys(RedisSettings settings, String node) {
        this(settings.namespace(), settings.address().database(), node);
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

    /// A text: what was sent under an id.
    String message(String id) {
        return namespace + ":message:" + RecentIds.digest(id);
    }

    /// A hash: the users in a place, with how many nodes have each.
    String users(String place) {
        return of(place) + ":users";
    }

    /// A set: which nodes have which users in a place.
    String at(String place) {
        return of(place) + ":at";
    }

    /// A hash: what others may know of the users in a place.
    String infos(String place) {
        return of(place) + ":infos";
    }

    /// The log of users who enter and leave a place: no channel of anybody has such a name.
    static String events(String place) {
        return EVENTS + place;
    }

    static boolean isEvents(String channel) {
        return channel.startsWith(EVENTS);
    }

    /// The place whose log of events that is.
    static String placeOf(String events) {
        return events.substring(EVENTS.length());
    }

    /// A sorted set: the users who have gone from a place, and until when they may come back.
    String gone() {
        return namespace + ":gone";
    }

    /// A sorted set: the nodes, until when their leases are.
    String nodes() {
        return namespace + ":nodes";
    }

    /// A sorted set: the nodes that are being cleared away, until when.
    String dying() {
        return namespace + ":dying";
    }

    /// A text: of which run of Redis all that is.
    String run() {
        return namespace + ":run";
    }

    /// A set: the users of a node, by place.
    String held(String node) {
        return namespace + ":held:" + node;
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

    /// Where the node hears itself, and what others say to it alone.
    String own() {
        return own(node);
    }

    /// Where a node hears what others say to it alone.
    String own(String other) {
        return namespace + ":" + database + ":node:" + other;
    }

    /// Where all nodes hear each other.
    String all() {
        return namespace + ":" + database + ":nodes";
    }

    private String of(String channel) {
        return namespace + ":{" + channel.replace("%", "%25").replace("}", "%7D") + "}";
    }
}
