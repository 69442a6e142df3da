package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Range;
import dev.heddle.support.Opened;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import redis.clients.jedis.HostAndPort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Two nodes over a primary, a replica and three Sentinels: whichever server is the primary, the
/// nodes go to it, and subscribers are told that something may be lost.
class SentinelsIT {
    @RegisterExtension final Opened opened = new Opened();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private record Servers(RedisServer primary, RedisServer replica) {}

    private Servers start() throws IOException {
        RedisServer primary = opened.add(new RedisServer());
        RedisServer replica =
                opened.add(new RedisServer("--replicaof", "127.0.0.1 " + primary.port()));
        Soon.until(() -> replica.ask("INFO replication").contains("master_link_status:up"));
        for (int i = 0; i < 3; i++) {
            sentinels.add(opened.add(RedisServer.sentinel("main", primary)));
        }
        for (RedisServer sentinel : sentinels) {
            Soon.until(
                    () -> {
                        String known = sentinel.ask("SENTINEL MASTER main");
                        return field(known, "num-slaves").equals("1")
                                && field(known, "num-other-sentinels").equals("2");
                    });
        }
        return new Servers(primary, replica);
    }

    private static String field(String reply, String name) {
        List<String> lines = reply.lines().toList();
        int at = lines.indexOf(name);
        return at < 0 ? "" : lines.get(at + 2);
    }

    private String uri() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "#main"));
    }

    private TestNode node() {
        return opened.add(new TestNode(uri()));
    }

    private static Position publishSoon(TestNode node, String text) {
        Position[] position = new Position[1];
        Soon.until(
                () -> {
                    try {
                        position[0] =
                                node.broker()
                                        .publish("a", new Message(text, "anna", text, null), true)
                                        .position();
                        return true;
                    } catch (BrokerUnavailable notYet) {
                        return false;
                    }
                });
        return position[0];
    }

    private void awaitPrimary(RedisServer server) {
        Soon.until(
                () -> {
                    try {
                        return server.ask("INFO replication").contains("role:master");
                    } catch (IOException cutOff) { // as a failover does with all connections
                        return false;
                    }
                });
    }

    @Test
    void nodesGoToTheReplicaThatTakesTheDeadPrimarysPlace() throws Exception {
        Servers servers = start();
        TestNode here = node();
        TestNode there = node();
        there.attach();
        Position before = publishSoon(here, "m1");
        there.awaitHeard(List.of("1=m1"));
        servers.primary().kill();
        Position after = publishSoon(here, "m2");
        assertTrue(servers.replica().ask("INFO replication").contains("role:master"));
        assertEquals(1, after.offset());
        assertTrue(!after.epoch().equals(before.epoch()), "the old epoch goes on");
        Soon.untilAsserted(() -> assertEquals(List.of("a"), there.lost()));
        servers.primary().restart(); // and says that it is the primary, until a Sentinel comes
        assertEquals(2, publishSoon(there, "m3").offset());
        Soon.untilAsserted(() -> assertEquals("2=m3", there.heard().getLast()));
    }

    @Test
    void aPrimaryThatStoodStillIsNotWrittenToWhenItWakes() throws Exception {
        Servers servers = start();
        TestNode here = node();
        TestNode there = node();
        there.attach();
        publishSoon(here, "m1");
        servers.primary().signal("STOP");
        awaitPrimary(servers.replica());
        publishSoon(here, "m2");
        servers.primary().signal("CONT");
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            expected.add("n" + i);
            publishSoon(here, "n" + i);
        }
        Soon.until(() -> there.heard().getLast().endsWith("=n200"));
        List<String> kept =
                there.broker().history("a", new Range.Newest(200)).publications().stream()
                        .map(publication -> publication.message().data())
                        .toList();
        assertEquals(expected.subList(expected.size() - kept.size(), expected.size()), kept);
        assertTrue(kept.size() >= 100, kept::toString);
    }

    /// The old primary lives on, takes writes and ends no connection: only the Sentinels say that
    /// it is another one now.
    @Test
    void nodesLeaveAPrimaryThatDoesNotKnowThatItIsNoneAnyMore() throws Exception {
        RedisServer primary = opened.add(new RedisServer());
        RedisServer replica = opened.add(new RedisServer());
        RedisServer sentinel = opened.add(RedisServer.sentinel("main", primary));
        sentinels.add(sentinel);
        TestNode here = node();
        TestNode there = node();
        there.attach();
        publishSoon(here, "m1");
        sentinel.ask("SENTINEL REMOVE main");
        sentinel.ask("SENTINEL MONITOR main 127.0.0.1 " + replica.port() + " 2");
        Soon.untilAsserted(() -> assertEquals(List.of("a"), there.lost()));
        Soon.until(() -> replica.ask("PUBSUB NUMSUB heddle:0:nodes").endsWith(":2\r\n"));
        Soon.until(() -> !there.broker().isUnavailable() && !here.broker().isUnavailable());
        publishSoon(here, "m2");
        Soon.untilAsserted(() -> assertEquals("1=m2", there.heard().getLast()));
        assertTrue(replica.ask("EXISTS heddle:{a}:head").startsWith(":1"));
    }

    @Test
    void aSentinelGetsThePasswordIfItWantsOne() throws Exception {
        RedisServer primary = opened.add(new RedisServer("--requirepass", "open sesame"));
        String requires = "requirepass \"open sesame\"";
        sentinels.add(opened.add(RedisServer.sentinel("main", primary, requires)));
        Map<String, String> password = Map.of("HEDDLE_CLUSTER_REDIS_PASSWORD", "open sesame");
        TestNode node = opened.add(new TestNode(uri(), password));
        assertEquals(1, publishSoon(node, "m1").offset());
    }

    @Test
    void aSentinelThatIsSilentHoldsNobodyUp() throws Exception {
        RedisServer primary = opened.add(new RedisServer());
        RedisServer silent = opened.add(RedisServer.sentinel("main", primary));
        sentinels.add(silent);
        sentinels.add(opened.add(RedisServer.sentinel("main", primary)));
        silent.signal("STOP");
        TestNode node = node();
        assertEquals(1, publishSoon(node, "m1").offset());
    }

    @Test
    void theNewestConfigurationCounts() {
        assertEquals(
                new HostAndPort("new", 1),
                Sentinels.newest(
                        List.of(
                                new Sentinels.Answer(new HostAndPort("old", 1), 7),
                                new Sentinels.Answer(new HostAndPort("new", 1), 10),
                                new Sentinels.Answer(new HostAndPort("old", 1), 9))));
    }
}
