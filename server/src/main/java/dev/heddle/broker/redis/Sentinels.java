package dev.heddle.broker.redis;

import dev.heddle.config.RedisAddress;
import dev.heddle.telemetry.Warnings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// The Sentinels, which agree on the server that is the primary. **Thread-safe.**
///
/// All of them are asked each second, side by side, and the newest configuration counts: a Sentinel
/// that was cut off from the others still names the old primary. Their notices over Pub/Sub are not
/// used, since a notice can be lost.
final class Sentinels implements Primary {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Warnings refusals = new Warnings(LOG, "refused by Sentinel ");

    private final List<HostAndPort> servers;
    private final String name;
    private final Access access;
    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable HostAndPort current;
    private volatile @Nullable Thread watcher;

    /// The answer of a Sentinel.
    ///
    /// @param epoch of its configuration, which grows with each failover
    record Answer(HostAndPort address, long epoch) {}

    /// @param access whose password a Sentinel gets if it wants one
    Sentinels(RedisAddress address, Access access) {
        this.servers = address.servers().stream().map(Primary::hostAndPort).toList();
        this.name = address.primary();
        this.access = access;
    }

    @Override
    public HostAndPort address() {
        HostAndPort known = current;
        return known != null ? known : look();
    }

    @Override
    public boolean mayMove() {
        return true;
    }

    @Override
    public void start(Runnable moved) {
        watcher = Thread.ofVirtual().name("heddle-redis-sentinels").start(() -> watch(moved));
    }

    private void watch(Runnable moved) {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                HostAndPort before = current;
                if (before != null && isElsewhere(before)) {
                    moved.run();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isElsewhere(HostAndPort before) {
        try {
            HostAndPort now = look();
            if (now.equals(before)) {
                return false;
            }
            LOG.warn("the primary of Redis is {} now, no longer {}", now, before);
            return true;
        } catch (JedisConnectionException silent) {
            return false; // the primary may well live without them
        }
    }

    private HostAndPort look() {
        HostAndPort found = newest(answers().stream().flatMap(Optional::stream).toList());
        current = found;
        return found;
    }

    @Override
    public SortedMap<String, Boolean> sentinels() {
        SortedMap<String, Boolean> known = new TreeMap<>();
        List<Optional<Answer>> answers = answers();
        for (int i = 0; i < answers.size(); i++) {
            known.put(servers.get(i).toString(), answers.get(i).isPresent());
        }
        return known;
    }

    /// Asks all of them, side by side.
    private List<Optional<Answer>> answers() {
        List<Callable<Optional<Answer>>> questions = new ArrayList<>();
        servers.forEach(server -> questions.add(() -> ask(server)));
        try {
            return askers.invokeAll(questions).stream().map(Future::resultNow).toList();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (RejectedExecutionException closed) {
            return List.of();
        }
    }

    /// The primary that the newest of these configurations names.
    static HostAndPort newest(List<Answer> answers) {
        return answers.stream()
                .max(Comparator.comparingLong(Answer::epoch))
                .map(Answer::address)
                .orElseThrow(() -> new JedisConnectionException("no Sentinel knows the primary"));
    }

    private Optional<Answer> ask(HostAndPort sentinel) {
        try {
            return ask(sentinel, access.anonymous());
        } catch (JedisAccessControlException wantsPassword) {
            return askIdentified(sentinel);
        } catch (JedisException silent) {
            LOG.debug("Sentinel {}: {}", sentinel, silent.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Answer> askIdentified(HostAndPort sentinel) {
        try {
            return ask(sentinel, access.identified());
        } catch (JedisException refused) {
            refusals.warnAbout(sentinel + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Answer> ask(HostAndPort sentinel, JedisClientConfig config) {
        try (Connection connection = new Connection(sentinel, config)) {
            var question = new CommandArguments(Command.SENTINEL).add("MASTER").add(name);
            return SafeEncoder.encodeObject(connection.executeCommand(question))
                            instanceof List<?> words
                    ? answer(words)
                    : Optional.empty();
        }
    }

    /// From names and values in turn.
    private static Optional<Answer> answer(List<?> words) {
        Map<Object, String> values = new HashMap<>();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            values.put(words.get(i), String.valueOf(words.get(i + 1)));
        }
        String host = values.get("ip");
        String port = values.get("port");
        String epoch = values.get("config-epoch");
        return host == null || port == null || epoch == null
                ? Optional.empty()
                : Optional.of(
                        new Answer(
                                new HostAndPort(host, Integer.parseInt(port)),
                                Long.parseLong(epoch)));
    }

    @Override
    public void close() {
        askers.shutdownNow();
        Thread running = watcher;
        if (running != null) {
            running.interrupt();
        }
    }
}
