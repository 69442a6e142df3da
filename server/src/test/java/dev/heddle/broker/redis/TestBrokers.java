package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.config.ChannelSettings;
import dev.heddle.support.RedisServer;
import dev.heddle.support.TestServer;
import dev.heddle.telemetry.Counters;

import java.util.Map;

/// Engines over a Redis, each as a node of its own has it.
final class TestBrokers {
    private TestBrokers() {}

    static Broker open(RedisServer redis, ChannelSettings settings) {
        return open(redis, settings, new Counters());
    }

    static Broker open(RedisServer redis, ChannelSettings settings, Counters counters) {
        return new RedisBroker(
                settings,
                TestServer.configured(Map.of("HEDDLE_CLUSTER_REDIS_URI", redis.uri())).cluster(),
                counters);
    }
}
