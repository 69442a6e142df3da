package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.support.LogLines;
import dev.heddle.support.Opened;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;
import dev.heddle.support.TappedEvents;
import dev.heddle.support.TestServer;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/// What two nodes make of a Redis that fails: nothing is acknowledged that is lost, and who is
/// subscribed gets all that was missed, in order, or is told.
class RedisOutagesIT {
    @RegisterExtension final Opened opened = new Opened();

    private RedisServer redis(String... options) throws IOException {
        return opened.add(new RedisServer(options));
    }

    private TestNode node(RedisServer redis) throws IOException {
        return node(redis.uri());
    }

    private TestNode node(String uri) {
        return node(uri, Map.of());
    }

    private TestNode node(String uri, Map<String, String> more) {
        return opened.add(new TestNode(uri, more));
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> i + "=m" + i).toList();
    }

    private static void publish(TestNode node, int first, int last) {
        for (int i = first; i <= last; i++) {
            assertEquals(i, node.publish("m" + i).position().offset());
        }
    }

    @Test
    void whatOneNodePublishesTheOtherGets() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach();
        publish(here, 1, 500);
        there.awaitHeard(upTo(500));
        assertEquals(0, there.counts().gaps.sum());
        assertEquals(0, there.counts().filled.sum());
    }

    @Test
    void whatIsPublishedWhileSubscriptionsAreCutIsReadFromTheLog() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach();
        publish(here, 1, 3);
        for (int i = 4; i <= 40; i++) {
            redis.ask("CLIENT KILL TYPE pubsub");
            publish(here, i, i);
        }
        there.awaitHeard(upTo(40));
        assertTrue(there.counts().reconnections.sum() > 0);
        assertTrue(there.counts().filled.sum() > 0);
        assertEquals(0, there.counts().lost.sum());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedisThatIsKilledAndComesBack(boolean keepsItsData) throws Exception {
        RedisServer redis =
                keepsItsData ? redis("--appendonly", "yes", "--appendfsync", "always") : redis();
        Map<String, String> durable =
                Map.of("HEDDLE_CLUSTER_DURABLE", Boolean.toString(keepsItsData));
        TestNode here = node(redis.uri(), durable);
        TestNode there = node(redis.uri(), durable);
        there.attach();
        publish(here, 1, 3);
        there.awaitHeard(upTo(3));
        Position before = here.broker().history("a", new Range.Newest(0)).position();
        redis.kill();
        assertThrows(BrokerUnavailable.class, () -> here.publish("never"));
        assertThrows(
                BrokerUnavailable.class, () -> there.broker().history("a", new Range.Newest(1)));
        Soon.until(() -> there.broker().isUnavailable());
        redis.restart();
        Soon.until(() -> !there.broker().isUnavailable() && !here.broker().isUnavailable());
        if (keepsItsData) {
            publish(here, 4, 5);
            there.awaitHeard(upTo(5));
            assertEquals(List.of(), there.lost());
        } else {
            Soon.until(() -> there.lost().equals(List.of("a")));
            Position after = here.publish("m1").position();
            assertEquals(1, after.offset());
            assertNotEquals(before.epoch(), after.epoch());
            there.awaitHeard(List.of("1=m1", "2=m2", "3=m3", "1=m1"));
        }
    }

    @Test
    void aRedisThatGoesBackInTimeClaimsNothing() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach();
        publish(here, 1, 5);
        redis.ask("SAVE");
        publish(here, 6, 8);
        Position last = here.broker().history("a", new Range.Newest(0)).position();
        redis.kill();
        redis.restart();
        Soon.until(() -> !there.broker().isUnavailable() && !here.broker().isUnavailable());
        for (int i = 1; i <= 9; i++) {
            assertEquals(i, here.publish("n" + i).position().offset());
        }
        assertFalse(here.broker().history("a", new Range.After(last, 9)).isWhole());
        Soon.until(() -> there.lost().equals(List.of("a")));
    }

    @Test
    void whatIsRepeatedAfterALossIsPublished() throws Exception {
        RedisServer redis = redis();
        TestNode node = node(redis);
        node.attach();
        Message named = new Message("m1", "anna", "1", null);
        assertEquals(Outcome.DELIVERED, node.broker().publish("a", named, true).outcome());
        assertEquals(Outcome.DUPLICATE, node.broker().publish("a", named, true).outcome());
        redis.ask("SAVE");
        redis.kill();
        redis.restart();
        Soon.until(() -> !node.broker().isUnavailable());
        assertEquals(Outcome.DELIVERED, node.broker().publish("a", named, true).outcome());
        assertEquals(1, node.broker().history("a", new Range.Newest(9)).publications().size());
    }

    @Test
    void whatOnlyANewerNodeUnderstandsEndsNothing() throws Exception {
        RedisServer redis = redis();
        TestNode node = node(redis);
        node.attach();
        publish(node, 1, 2);
        redis.ask("PUBLISH heddle:0:said:a strange");
        redis.ask("PUBLISH heddle:0:nodes strange");
        redis.ask("HINCRBY heddle:{a}:head offset 1");
        redis.ask("XADD heddle:{a}:entries 3-0 at 99999999999999 message strange");
        publish(node, 4, 5);
        node.awaitHeard(List.of("1=m1", "2=m2", "4=m4", "5=m5"));
        assertEquals(0, node.counts().reconnections.sum());
    }

    @Test
    void aRedisThatStandsStillForAWhileLosesNothingAndNobodyIsToldALie() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach();
        publish(here, 1, 3);
        redis.signal("STOP");
        Message named = new Message("m4", "anna", "4", null);
        assertThrows(BrokerUnavailable.class, () -> here.broker().publish("a", named, true));
        Soon.until(() -> there.broker().isUnavailable());
        redis.signal("CONT");
        Soon.until(() -> !there.broker().isUnavailable());
        // nobody could know whether it was published: under its id it is, once
        assertEquals(4, here.broker().publish("a", named, true).position().offset());
        assertEquals(Outcome.DUPLICATE, there.broker().publish("a", named, true).outcome());
        publish(here, 5, 6);
        there.awaitHeard(upTo(6));
    }

    @Test
    void aRedisThatStandsStillIsALagAndThenAnOutage() throws Exception {
        TappedEvents outages = opened.add(new TappedEvents("heddle.EngineOutage"));
        RedisServer redis = redis();
        TestNode node = node(redis);
        redis.signal("STOP");
        Soon.until(() -> node.counts().lagNanos.get() > 1_000_000_000);
        Soon.until(() -> node.counts().reconnections.sum() > 0);
        assertEquals(List.of(), outages.values("duration"), "it goes on");
        redis.signal("CONT");
        Soon.until(() -> !outages.values("duration").isEmpty());
        assertTrue((double) outages.values("duration").getFirst() > 0);
    }

    @Test
    void aNodeThatStartsWithoutItsRedisSaysSoOnce() throws Exception {
        RedisServer redis = redis();
        redis.kill();
        LogLines log = opened.add(new LogLines());
        Counters counters = new Counters();
        var channels = TestServer.configured(Map.of()).channels();
        Broker broker = opened.add(TestBrokers.open(redis, channels, counters));
        broker.start((_, _, _) -> true);
        Soon.until(() -> counters.engine.reconnections.sum() >= 3);
        redis.restart();
        Soon.until(() -> !broker.isUnavailable());
        assertEquals(
                1, log.all().stream().filter(line -> line.contains("cannot reach Redis")).count());
    }

    @Test
    void aLinkThatIsOpenAndSilentIsNoticedAndWhatWasMissedComesInOrder() throws Exception {
        RedisServer redis = redis();
        SilentLink link = opened.add(new SilentLink(redis.port()));
        TestNode here = node(redis);
        TestNode there = node("redis://127.0.0.1:" + link.port());
        there.attach();
        publish(here, 1, 3);
        there.awaitHeard(upTo(3));
        link.silence();
        publish(here, 4, 9);
        Soon.until(() -> there.broker().isUnavailable());
        link.open();
        there.awaitHeard(upTo(9));
    }

    @Test
    void aNodeHearsAChannelOnceRedisHasSaidSo() throws Exception {
        RedisServer redis = redis();
        SilentLink link = opened.add(new SilentLink(redis.port()));
        TestNode node = node("redis://127.0.0.1:" + link.port());
        link.silence();
        node.broker().attach("later");
        assertFalse(node.broker().hears("later"));
        link.open();
        Soon.until(() -> node.broker().hears("later"));
    }

    @Test
    void aNodeShowsItsPasswordToRedis() throws Exception {
        RedisServer redis = redis("--requirepass", "open sesame");
        TestNode node = node(redis.uri(), Map.of("HEDDLE_CLUSTER_REDIS_PASSWORD", "open sesame"));
        assertEquals(1, node.publish("m1").position().offset());
    }

    @Test
    void scriptsThatRedisForgotAreSaidAgain() throws Exception {
        RedisServer redis = redis();
        TestNode node = node(redis);
        node.attach();
        publish(node, 1, 1);
        redis.ask("SCRIPT FLUSH");
        publish(node, 2, 2);
        redis.ask("SCRIPT FLUSH");
        assertEquals(2, node.broker().history("a", new Range.Newest(9)).publications().size());
        node.awaitHeard(upTo(2));
    }

    @ParameterizedTest
    @CsvSource({
        "REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE", // READONLY
        "CONFIG SET maxmemory 1, CONFIG SET maxmemory 0", // OOM
        "CONFIG SET min-replicas-to-write 1, CONFIG SET min-replicas-to-write 0" // NOREPLICAS
    })
    void aRedisThatRefusesToWriteIsUnavailableAndNothingIsHalfDone(String fault, String remedy)
            throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach();
        publish(here, 1, 1);
        redis.ask(fault);
        assertThrows(BrokerUnavailable.class, () -> here.publish("refused"));
        redis.ask(remedy);
        Soon.until(() -> !here.broker().isUnavailable());
        publish(here, 2, 3);
        there.awaitHeard(upTo(3));
    }

    @Test
    void aListenerThatIsSlowGetsAllFromTheLogLater() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        CountDownLatch goOn = new CountDownLatch(1);
        there.before(goOn::await);
        there.attach("large:1");
        String large = "x".repeat(60_000);
        for (int i = 0; i < 60; i++) { // more than may wait
            here.broker().publish("large:1", new Message(large, null, null, null), false);
        }
        goOn.countDown();
        Soon.until(() -> there.heard().size() == 60);
        assertEquals(
                IntStream.rangeClosed(1, 60).mapToObj(i -> i + "=" + large).toList(),
                there.heard());
    }

    @Test
    void aListenerThatIsSlowerThanTheHistoryIsLongIsTold() throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        CountDownLatch goOn = new CountDownLatch(1);
        there.before(goOn::await);
        there.attach("few:1");
        String large = "x".repeat(60_000);
        for (int i = 0; i < 60; i++) {
            here.broker().publish("few:1", new Message(large, null, null, null), false);
        }
        goOn.countDown();
        Soon.until(() -> there.lost().contains("few:1"));
        Publication next = new Publication(61, new Message("next", null, null, null));
        here.broker().publish("few:1", next.message(), false);
        Soon.until(() -> there.heard().getLast().equals("61=next"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"}", "{", "{}", "{a}b", "%7D", "a}b", "\u00e4\ud83d\ude00", "a b"})
    void everyNameOfAChannelIsItsOwn(String name) throws Exception {
        RedisServer redis = redis();
        TestNode here = node(redis);
        TestNode there = node(redis);
        there.attach(name);
        Message message = new Message(Message.Kind.TEXT, "\u00e4 \ud83d\ude00", "a b", "1 2", "c");
        here.broker().publish(name, message, true);
        Soon.until(() -> there.heard().size() == 1);
        assertEquals(
                List.of(new Publication(1, message)),
                here.broker().history(name, new Range.Newest(9)).publications());
        assertEquals(0, here.broker().history(name + "x", new Range.Newest(9)).position().offset());
    }

    @Test
    void publicationsAreKeptForAsLongAsTheRuleSays() throws Exception {
        RedisServer redis = redis();
        TestNode node = node(redis);
        Position first =
                node.broker()
                        .publish("brief:1", new Message("x", null, null, null), false)
                        .position();
        Soon.until(
                () ->
                        node.broker()
                                .history("brief:1", new Range.Newest(9))
                                .publications()
                                .isEmpty());
        assertEquals(first, node.broker().history("brief:1", new Range.Newest(9)).position());
        assertTrue(node.broker().history("brief:1", new Range.After(first, 9)).isWhole());
        Position before = new Position(first.epoch(), 0);
        assertFalse(node.broker().history("brief:1", new Range.After(before, 9)).isWhole());
    }

    @Test
    void noKeyStaysForEver() throws Exception {
        RedisServer redis = redis();
        TestNode node = node(redis);
        node.broker().publish("a", new Message("x", "anna", "1", null), true);
        node.broker().history("b", new Range.Newest(9));
        String keys = redis.ask("EVAL \"return redis.call('keys','*')\" 0");
        List<String> names = keys.lines().filter(line -> line.startsWith("heddle:{")).toList();
        assertEquals(4, names.size(), keys);
        for (String name : names) {
            assertTrue(Long.parseLong(redis.ask("PTTL " + name).strip().substring(1)) > 0, name);
        }
    }
}
