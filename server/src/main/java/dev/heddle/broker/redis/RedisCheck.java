package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.redis.RedisReport.Answered;
import dev.heddle.broker.redis.RedisReport.Silent;
import dev.heddle.config.RedisSettings;

import redis.clients.jedis.Protocol.Command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks a Redis what it is and how it is set, and changes nothing there.
public final class RedisCheck {
    private static final int PINGS = 20;

    /// The settings that `CONFIG GET` is asked for: one by one, because Redis 6.2 takes no more.
    private static final List<String> ASKED = List.of("save", "client-output-buffer-limit");

    private RedisCheck() {}

    /// Asks. Blocks until all is answered: each answer takes at most [RedisSettings#timeout].
    public static RedisReport ask(RedisSettings settings) {
        try (Redis redis = new Redis(settings, "doctor", true)) {
            redis.say(Command.PING); // and connects
            return new Answered(latency(redis), info(redis), config(redis), redis.sentinels());
        } catch (BrokerUnavailable unusable) {
            return new Silent(String.valueOf(unusable.getMessage()));
        }
    }

    private static Duration latency(Redis redis) {
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long start = System.nanoTime();
            redis.say(Command.PING);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[PINGS / 2]);
    }

    private static Map<String, String> info(Redis redis) {
        Map<String, String> info = new HashMap<>();
        try {
            text(redis.say(Command.INFO))
                    .lines()
                    .map(line -> line.split(":", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> info.put(parts[0], parts[1]));
        } catch (BrokerUnavailable forbidden) {
            addRole(redis, info);
        }
        return info;
    }

    /// Where `INFO` is forbidden, `ROLE` may not be.
    private static void addRole(Redis redis, Map<String, String> info) {
        try {
            if (redis.say(Command.ROLE) instanceof List<?> role && !role.isEmpty()) {
                info.put("role", text(role.getFirst()));
            }
        } catch (BrokerUnavailable forbidden) {
            // It stays unknown.
        }
    }

    private static Map<String, String> config(Redis redis) {
        Map<String, String> config = new HashMap<>();
        for (String name : ASKED) {
            try {
                if (redis.say(Command.CONFIG, "GET", name) instanceof List<?> pair
                        && pair.size() == 2) {
                    config.put(name, text(pair.getLast()));
                }
            } catch (BrokerUnavailable forbidden) {
                // It stays unknown.
            }
        }
        return config;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
