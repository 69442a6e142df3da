package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.config.RedisAddress;
import dev.heddle.config.RedisSettings;

import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.params.ZAddParams;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.SafeEncoder;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/// One Redis, as this node asks it. **Thread-safe.** Every method waits for the answer, and for a
/// connection of the pool, at most for the timeout, and then throws [BrokerUnavailable]. Nothing is
/// ever asked twice by itself: what was written and not answered may have been done.
final class Redis implements AutoCloseable {
    private final Primary primary;
    private final Access access;
    private final RedisClient client;
    private final Runs runs;

    /// @param isDurable whether it never loses what it has acknowledged
    Redis(RedisSettings settings, String node, boolean isDurable) {
        this.access = Access.of(settings, node);
        this.primary = primary(settings.address(), access);
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(settings.connections());
        pool.setMaxIdle(settings.connections());
        pool.setMaxWait(settings.timeout());
        pool.setJmxEnabled(false);
        pool.setTestWhileIdle(true); // a firewall, or Redis itself, may drop who says nothing
        pool.setTimeBetweenEvictionRuns(Duration.ofSeconds(30));
        pool.setNumTestsPerEvictionRun(-1);
        this.runs =
                new Runs(
                        () -> connect(access.redis()),
                        access.redis(),
                        primary.mayMove(),
                        isDurable);
        this.client =
                RedisClient.builder()
                        .clientConfig(access.redis())
                        .connectionProvider(new PooledConnectionProvider(runs, pool))
                        .build();
    }

    private static Primary primary(RedisAddress address, Access access) {
        return address.hasSentinels()
                ? new Sentinels(address, access)
                : new Primary.Fixed(Primary.hostAndPort(address.servers().getFirst()));
    }

    /// Connects to where the primary is now.
    private Socket connect(JedisClientConfig config) {
        return new DefaultJedisSocketFactory(primary.address(), config).createSocket();
    }

    /// Whether each Sentinel knows the primary, by its address; empty without Sentinels.
    SortedMap<String, Boolean> sentinels() {
        return primary.sentinels();
    }

    /// Follows the primary. Where another server becomes the primary, the connections of the pool
    /// are let go of, and then this is called.
    void follow(Runnable moved) {
        primary.start(
                () -> {
                    forgetConnections();
                    moved.run();
                });
    }

    /// Opens a connection of its own to listen on, whose reads wait at most for this time.
    Subscription listen(Duration patience) {
        var config =
                DefaultJedisClientConfig.builder()
                        .from(access.redis())
                        .socketTimeoutMillis(Math.toIntExact(patience.toMillis()))
                        .build();
        return asked(() -> new Subscription(() -> connect(config), config));
    }

    /// Does a script, which is told last in which run of Redis.
    Object run(Script script, List<String> keys, List<String> arguments) {
        return asked(
                () -> {
                    try (Connection connection = client.getPool().getResource()) {
                        List<String> words =
                                new ArrayList<>(List.of(Integer.toString(keys.size())));
                        words.addAll(keys);
                        words.addAll(arguments);
                        words.add(runs.of(connection));
                        try {
                            return run(connection, Command.EVALSHA, script.sha1(), words);
                        } catch (JedisNoScriptException unseen) { // nothing of it was done
                            return run(connection, Command.EVAL, script.text(), words);
                        }
                    }
                });
    }

    private static Object run(
            Connection connection, Command command, String script, List<String> words) {
        CommandArguments arguments = new CommandArguments(command).add(script);
        return SafeEncoder.encodeObject(connection.executeCommand(arguments.addObjects(words)));
    }

    /// Says any command.
    ///
    /// @return what is answered: bytes, a number, or a list of such
    Object say(Command command, String... arguments) {
        var words = new CommandArguments(command).addObjects(List.of(arguments));
        return asked(() -> client.executeCommand(words));
    }

    /// The value of a key; empty if there is none.
    String get(String key) {
        return asked(() -> Objects.requireNonNullElse(client.get(key), ""));
    }

    /// Tells those who listen there.
    ///
    /// @return how many those are
    long tell(String place, String text) {
        return asked(() -> client.publish(place, text));
    }

    /// The members of a set.
    Set<String> members(String key) {
        return asked(() -> client.smembers(key));
    }

    /// Takes a member out of a sorted set.
    void removeFrom(String key, String member) {
        asked(() -> client.zrem(key, member));
    }

    /// Gives a member of a sorted set, if it is in it, another score.
    void score(String key, String member, double score) {
        asked(() -> client.zadd(key, score, member, ZAddParams.zAddParams().xx()));
    }

    /// Keeps keys, those that there are, for so much longer.
    void keep(List<String> keys, Duration time) {
        asked(
                () -> {
                    try (AbstractPipeline pipeline = client.pipelined()) {
                        keys.forEach(key -> pipeline.pexpire(key, time.toMillis()));
                        pipeline.sync();
                        return keys;
                    }
                });
    }

    /// Lets go of the connections of the pool, which may be dead: at once, or when they come back.
    void forgetConnections() {
        runs.begin();
        client.getPool().clear();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisConnectionException lost) {
            throw new BrokerUnavailable("no answer: " + lost.getMessage());
        } catch (JedisException refused) {
            throw new BrokerUnavailable(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void close() {
        primary.close();
        client.close();
    }

    /// A connection to listen on. One thread reads; writing is for one at a time.
    static final class Subscription extends Connection {
        Subscription(JedisSocketFactory sockets, JedisClientConfig config) {
            super(sockets, config);
            connect();
        }

        void subscribe(List<String> places) {
            send(Command.SUBSCRIBE, places);
        }

        void unsubscribe(List<String> places) {
            send(Command.UNSUBSCRIBE, places);
        }

        private void send(Command command, List<String> places) {
            asked(
                    () -> {
                        sendCommand(command, places.toArray(String[]::new));
                        flush();
                        return places;
                    });
        }

        /// Ends the subscription from another thread: reading fails.
        void hangUp() {
            try {
                forceDisconnect();
            } catch (IOException gone) {
                // It has ended already.
            }
        }

        /// Waits for the next thing that is said.
        ///
        /// @return what kind it is, where, and what
        List<?> read() {
            return asked(() -> (List<?>) getUnflushedObject());
        }
    }
}
