package dev.heddle.broker.redis;

import dev.heddle.config.RedisSettings;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;

/// How this node introduces itself to a Redis and to its Sentinels.
///
/// @param anonymous shows no password; for a Sentinel
/// @param identified shows user and password; for a Sentinel that wants one
/// @param redis shows user and password, and chooses the database
record Access(JedisClientConfig anonymous, JedisClientConfig identified, JedisClientConfig redis) {

    static Access of(RedisSettings settings, String node) {
        return new Access(
                anonymous(settings, node).build(),
                identified(settings, node).build(),
                identified(settings, node).database(settings.address().database()).build());
    }

    /// Not made [from][DefaultJedisClientConfig.Builder#from] the anonymous one, because such a
    /// builder keeps the credentials that it had, here none.
    private static DefaultJedisClientConfig.Builder identified(
            RedisSettings settings, String node) {
        DefaultJedisClientConfig.Builder config = anonymous(settings, node);
        if (settings.password().isSet()) {
            config.password(settings.password().text());
        }
        String user = settings.address().user();
        return user.isEmpty() ? config : config.user(user);
    }

    private static DefaultJedisClientConfig.Builder anonymous(RedisSettings settings, String node) {
        var config =
                DefaultJedisClientConfig.builder()
                        .resp2() // in which a subscription is a list like any other
                        .timeoutMillis(Math.toIntExact(settings.timeout().toMillis()))
                        .clientName("heddle-" + node)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED); // Redis 6.2 has none
        if (settings.address().tls()) {
            config.sslOptions(SslOptions.defaults()); // authorities of the JDK, and the host's name
        }
        return config;
    }
}
