package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Message;
import dev.heddle.support.Crew;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Three nodes over one Redis while everything fails at random: what was acknowledged is delivered
/// on every node, once, in one order, and lists and what is told of users are right in the end.
///
/// `-Dstorm.seconds=600` lasts longer, `-Dstorm.seed=…` repeats the same faults.
class RedisStormIT {
    private static final int PUBLISHERS = 6;
    private static final List<String> CHANNELS = List.of("large:1", "large:2", "large:3");

    private final Duration length = Duration.ofSeconds(Integer.getInteger("storm.seconds", 30));
    private final long seed = Long.getLong("storm.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean isOver = new AtomicBoolean();

    /// By channel and what was said: where it was put.
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private final List<TestNode> nodes = new ArrayList<>();
    private final List<SilentLink> links = new ArrayList<>();
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();

    @Test
    void nothingIsLostRepeatedOrReordered() throws Exception {
        System.out.println("storm.seed=" + seed);
        try (RedisServer redis =
                new RedisServer("--appendonly", "yes", "--appendfsync", "always")) {
            try {
                openNodes(redis);
                try (Crew crew = new Crew()) {
                    for (int i = 0; i < PUBLISHERS; i++) {
                        int publisher = i;
                        crew.start(() -> publish(publisher));
                        crew.start(() -> move("user" + publisher, new Random(seed + publisher)));
                    }
                    crew.start(() -> breakThings(redis));
                    crew.join(length.plusMinutes(2));
                }
                requireAllDelivered();
                requireListsRight();
            } finally {
                nodes.forEach(TestNode::close);
                for (SilentLink link : links) {
                    link.close();
                }
            }
        }
    }

    private void openNodes(RedisServer redis) throws IOException {
        for (int i = 0; i < 3; i++) {
            SilentLink link = new SilentLink(redis.port());
            links.add(link);
            TestNode node =
                    new TestNode(
                            "redis://127.0.0.1:" + link.port(),
                            Map.of("HEDDLE_CLUSTER_DURABLE", "true"));
            nodes.add(node);
            CHANNELS.forEach(node::attach);
            told.put("node" + i, node.open("p"));
        }
    }

    /// Publishes one after the other, each until it is acknowledged, through any node.
    private void publish(int publisher) throws InterruptedException {
        for (int i = 0; !isOver.get(); i++) {
            String channel = CHANNELS.get(i % CHANNELS.size());
            String data = "p" + publisher + "-" + i;
            Message message = new Message(data, "p" + publisher, Integer.toString(i), null);
            Published published = null;
            for (int attempt = i; published == null; attempt++) {
                try {
                    TestNode node = nodes.get(attempt % nodes.size());
                    published = node.broker().publish(channel, message, true);
                } catch (BrokerUnavailable later) {
                    Thread.sleep(20);
                }
            }
            acknowledged.put(channel + "/" + data, published.position().offset());
            Thread.sleep(2);
        }
    }

    /// Lets a user be on one node after another, and in the end on the first.
    private void move(String user, Random where) throws InterruptedException {
        int at = 0;
        nodes.getFirst().roster().present("p", user, null);
        while (!isOver.get()) {
            Thread.sleep(50 + where.nextInt(400));
            int next = where.nextInt(nodes.size());
            if (next != at) {
                nodes.get(next).roster().present("p", user, null);
                nodes.get(at).roster().absent("p", user, Duration.ZERO);
                at = next;
            }
        }
        if (at != 0) {
            nodes.getFirst().roster().present("p", user, null);
            nodes.get(at).roster().absent("p", user, Duration.ZERO);
        }
    }

    private void breakThings(RedisServer redis) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(500 + random.nextInt(1500));
            int fault = random.nextInt(5);
            SilentLink link = links.get(random.nextInt(links.size()));
            switch (fault) {
                case 0 -> redis.ask("CLIENT KILL TYPE pubsub");
                case 1 -> redis.ask("CLIENT KILL TYPE normal");
                case 2 -> {
                    redis.signal("STOP");
                    Thread.sleep(random.nextInt(2_000));
                    redis.signal("CONT");
                }
                case 3 -> {
                    redis.kill();
                    redis.restart();
                }
                default -> {
                    link.silence();
                    Thread.sleep(random.nextInt(6_000));
                    link.open();
                }
            }
        }
        isOver.set(true);
    }

    private void requireAllDelivered() {
        assertTrue(acknowledged.size() > 100, () -> acknowledged.size() + " acknowledged");
        for (TestNode node : nodes) {
            assertEquals(List.of(), node.lost(), "the history is long enough");
            for (String channel : CHANNELS) {
                Soon.untilAsserted(() -> requireOrder(node, channel));
            }
        }
        System.out.printf(
                "storm: %d acknowledged, reconnections %d, gaps %d, filled %d%n",
                acknowledged.size(),
                nodes.stream().mapToLong(node -> node.counts().reconnections.sum()).sum(),
                nodes.stream().mapToLong(node -> node.counts().gaps.sum()).sum(),
                nodes.stream().mapToLong(node -> node.counts().filled.sum()).sum());
    }

    private void requireOrder(TestNode node, String channel) {
        List<String> heard = node.heard(channel);
        for (int i = 0; i < heard.size(); i++) {
            assertTrue(heard.get(i).startsWith((i + 1) + "="), heard.get(i) + " is at " + i);
        }
        acknowledged.forEach(
                (what, offset) -> {
                    if (what.startsWith(channel + "/")) {
                        assertTrue(offset <= heard.size(), what + " at " + offset + " is missing");
                        assertEquals(
                                offset + "=" + what.substring(channel.length() + 1),
                                heard.get((int) (offset - 1)));
                    }
                });
        assertEquals(heard.size(), heard.stream().map(RedisStormIT::data).distinct().count());
    }

    private static String data(String heard) {
        return heard.substring(heard.indexOf('=') + 1);
    }

    /// Each user is on the first node in the end: on every node in the list, and what was told of
    /// each alternates and ends with the user there.
    private void requireListsRight() {
        for (int i = 0; i < nodes.size(); i++) {
            TestNode node = nodes.get(i);
            List<String> heard = told.getOrDefault("node" + i, List.of());
            for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
                String user = "user" + publisher;
                Soon.until(() -> node.roster().users("p").contains(user));
                List<String> ofUser =
                        heard.stream().filter(text -> text.substring(1).equals(user)).toList();
                for (int k = 0; k < ofUser.size(); k++) {
                    assertEquals(k % 2 == 0 ? "+" + user : "-" + user, ofUser.get(k));
                }
                assertEquals("+" + user, ofUser.getLast());
            }
            assertEquals(PUBLISHERS, node.roster().count("p"));
        }
    }
}
