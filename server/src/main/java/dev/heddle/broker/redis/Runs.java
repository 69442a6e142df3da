package dev.heddle.broker.redis;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/// Opens connections to Redis, and knows to which run of it each leads. A Redis that was started
/// anew, or has taken the place of another one, may have lost what was acknowledged: from a
/// snapshot it goes back in time. No connection outlives a run, so what a connection says it
/// belongs to is exact. **Thread-safe.**
final class Runs extends ConnectionFactory {
    private static final String RUN_ID = "run_id:";

    /// What stands for the run where it does not matter, or cannot be asked for.
    private static final String ANY = "";

    private final boolean isDurable;
    private final Map<Connection, String> byConnection =
            Collections.synchronizedMap(new WeakHashMap<>());

    /// @param isDurable whether runs do not matter
    Runs(HostAndPort address, JedisClientConfig config, boolean isDurable) {
        super(address, config);
        this.isDurable = isDurable;
    }

    @Override
    protected void initialize(Connection connection) {
        super.initialize(connection);
        if (!isDurable) {
            byConnection.put(connection, ask(connection));
        }
    }

    /// The run to which a connection leads; empty if it does not matter.
    String of(Connection connection) {
        return byConnection.getOrDefault(connection, ANY);
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
