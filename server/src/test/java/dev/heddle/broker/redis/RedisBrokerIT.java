package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.broker.BrokerContract;
import dev.heddle.config.ChannelSettings;
import dev.heddle.support.RedisServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;

/// The engine over Redis keeps the contract.
class RedisBrokerIT extends BrokerContract {
    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.close();
    }

    @Override
    protected Broker open(ChannelSettings settings) {
        try {
            redis.ask("FLUSHALL");
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
        return TestBrokers.open(redis, settings);
    }
}
