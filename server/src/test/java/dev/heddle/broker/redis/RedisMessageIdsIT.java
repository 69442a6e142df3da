package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.broker.MessageIds;
import dev.heddle.broker.MessageIds.Claim;
import dev.heddle.broker.MessageIds.Known;
import dev.heddle.support.RedisServer;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/// The ids of messages on two nodes.
class RedisMessageIdsIT {
    @Test
    void anIdIsClaimedOnceOnAllNodes() throws Exception {
        try (RedisServer redis = new RedisServer();
                TestNode one = new TestNode(redis.uri());
                TestNode two = new TestNode(redis.uri())) {
            MessageIds here = one.broker().cluster().orElseThrow().messageIds();
            MessageIds there = two.broker().cluster().orElseThrow().messageIds();
            Claim first = new Claim(7, 1);
            assertEquals(Optional.empty(), here.claim("a", first));
            assertEquals(Optional.of(new Known(7, false)), there.claim("a", new Claim(-8, 2)));
            there.release("a", new Claim(7, 2));
            assertEquals(Optional.of(new Known(7, false)), there.claim("a", new Claim(7, 3)));
            here.confirm("a", first);
            assertEquals(Optional.of(new Known(7, true)), there.claim("a", new Claim(7, 4)));
            here.release("a", first);
            assertEquals(Optional.of(new Known(7, true)), there.claim("a", new Claim(7, 5)));
            Claim second = new Claim(9, 6);
            assertEquals(Optional.empty(), there.claim("b", second));
            there.release("b", second);
            assertEquals(Optional.empty(), here.claim("b", new Claim(9, 7)));
        }
    }
}
