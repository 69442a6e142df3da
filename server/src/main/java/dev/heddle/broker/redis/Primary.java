package dev.heddle.broker.redis;

import dev.heddle.config.RedisAddress.Server;

import redis.clients.jedis.HostAndPort;

import java.util.SortedMap;
import java.util.TreeMap;

/// Where the Redis is that takes writes. **Thread-safe.**
interface Primary extends AutoCloseable {

    static HostAndPort hostAndPort(Server server) {
        return new HostAndPort(server.host(), server.port());
    }

    /// The primary's address. May ask, and then blocks for at most the timeout.
    ///
    /// @throws redis.clients.jedis.exceptions.JedisConnectionException if nobody knows
    HostAndPort address();

    /// Whether a server that says it is a replica is to be left at once, because another one is the
    /// primary.
    boolean mayMove();

    /// Asks each Sentinel whether it knows the primary.
    ///
    /// @return the answers by their addresses; empty without Sentinels
    SortedMap<String, Boolean> sentinels();

    /// Calls this, on a thread of its own, each time another server has become the primary.
    void start(Runnable moved);

    @Override
    void close();

    /// One server, which is the primary or of no use.
    record Fixed(HostAndPort address) implements Primary {
        @Override
        public boolean mayMove() {
            return false;
        }

        @Override
        public SortedMap<String, Boolean> sentinels() {
            return new TreeMap<>();
        }

        @Override
        public void start(Runnable moved) {
            // It never moves.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
