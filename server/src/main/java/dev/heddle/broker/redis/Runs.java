package dev.heddle.broker.redis;

import org.apache.commons.pool2.PooledObject;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Opens connections to Redis, and knows to which run of it each leads. A Redis that was started
/// anew, or has taken the place of another one, may have lost what was acknowledged: from a
/// snapshot it goes back in time. No connection outlives a run, so what a connection says it
/// belongs to is exact. **Thread-safe.**
final class Runs extends ConnectionFactory {
    private static final String RUN_ID = "run_id:";

    /// The run id where it does not matter, or cannot be asked for.
    private static final String ANY = "";

    private final boolean mayMove;
    private final boolean isDurable;
    private final AtomicInteger generation = new AtomicInteger();
    private final Map<Connection, Opened> opened = Collections.synchronizedMap(new WeakHashMap<>());

    /// @param run to which the connection leads; empty if it does not matter
    /// @param generation in which it was opened
    private record Opened(String run, int generation) {}

    /// @param mayMove whether a replica is to be left at once
    /// @param isDurable whether runs do not matter
    Runs(JedisSocketFactory sockets, JedisClientConfig config, boolean mayMove, boolean isDurable) {
        super(sockets, config);
        this.mayMove = mayMove;
        this.isDurable = isDurable;
    }

    /// Begins a generation: connections that were opened before are given out no more.
    void begin() {
        generation.incrementAndGet();
    }

    @Override
    protected void initialize(Connection connection) {
        int before = generation.get();
        super.initialize(connection);
        if (mayMove) {
            requirePrimary(connection);
        }
        opened.put(connection, new Opened(isDurable ? ANY : ask(connection), before));
    }

    /// A connection is about to be given out. Looking when it comes back would not do: a generation
    /// could begin between the look and the pool.
    @Override
    public void activateObject(PooledObject<Connection> pooled) throws Exception {
        Opened of = opened.get(pooled.getObject());
        if (of != null && of.generation != generation.get()) {
            throw new JedisConnectionException("the primary may be another one now");
        }
        super.activateObject(pooled);
    }

    /// The run to which a connection leads; empty if it does not matter.
    String of(Connection connection) {
        Opened of = opened.get(connection);
        return of == null ? ANY : of.run;
    }

    private static void requirePrimary(Connection connection) {
        Object role = connection.executeCommand(Command.ROLE);
        if (role instanceof List<?> words
                && words.getFirst() instanceof byte[] first
                && !new String(first, StandardCharsets.US_ASCII).equals("master")) {
            throw new JedisConnectionException("a replica, which may become the primary");
        }
    }

    private static String ask(Connection connection) {
        try {
            Object info =
                    connection.executeCommand(new CommandArguments(Command.INFO).add("server"));
            return new String((byte[]) info, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(RUN_ID))
                    .map(line -> line.substring(RUN_ID.length()))
                    .findFirst()
                    .orElse(ANY);
        } catch (JedisDataException forbidden) {
            return ANY;
        }
    }
}
