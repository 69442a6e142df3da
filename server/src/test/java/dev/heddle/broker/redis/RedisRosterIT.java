package dev.heddle.broker.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Nodes.Answers;
import dev.heddle.support.Opened;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;
import dev.heddle.support.TappedEvents;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Who is where on several nodes: lists and what is told of them, whatever ends.
class RedisRosterIT {
    private static final Duration NONE = Duration.ZERO;

    @RegisterExtension final Opened opened = new Opened();
    private RedisServer redis;

    @BeforeEach
    void start() throws IOException {
        redis = opened.add(new RedisServer());
    }

    private TestNode node() {
        return node(redis.uri());
    }

    private TestNode node(String uri) {
        return opened.add(new TestNode(uri));
    }

    private static void enter(TestNode node, String user) {
        node.roster().present("p", user, null);
        node.roster().await("p", user);
    }

    private static void awaitTold(List<String> told, String... expected) {
        Soon.untilAsserted(() -> assertEquals(List.of(expected), List.copyOf(told)));
    }

    @Test
    void aUserIsThereFromTheFirstNodeUntilTheLast() {
        TestNode one = node();
        TestNode two = node();
        List<String> told = one.open("p");
        two.open("p");
        enter(one, "anna");
        enter(two, "anna");
        enter(two, "bob");
        assertEquals(List.of("anna", "bob"), two.roster().users("p"));
        one.roster().absent("p", "anna", NONE);
        two.roster().absent("p", "bob", NONE);
        awaitTold(told, "+anna", "+bob", "-bob");
        two.roster().absent("p", "anna", NONE);
        awaitTold(told, "+anna", "+bob", "-bob", "-anna");
        assertEquals(0, one.roster().count("p"));
    }

    @Test
    void whoOpensAPlaceLaterKnowsWhoIsThere() {
        TestNode one = node();
        one.open("p");
        one.roster().present("p", "anna", "{\"a\":1}");
        one.roster().await("p", "anna");
        TestNode two = node();
        List<String> told = two.open("p");
        assertEquals(List.of("+anna {\"a\":1}"), List.copyOf(told));
        one.roster().absent("p", "anna", NONE);
        awaitTold(told, "+anna {\"a\":1}", "-anna {\"a\":1}");
    }

    @Test
    void whoComesBackInTimeToAnotherNodeWasNeverAway() throws Exception {
        TestNode one = node();
        TestNode two = node();
        List<String> told = one.open("p");
        two.open("p");
        enter(one, "anna");
        enter(one, "bob");
        one.roster().absent("p", "anna", Duration.ofSeconds(1));
        one.roster().absent("p", "bob", Duration.ofSeconds(1));
        enter(two, "anna");
        awaitTold(told, "+anna", "+bob", "-bob");
        assertEquals(List.of("anna"), two.roster().users("p"));
    }

    @Test
    void theLeaseOfANodeThatIsCutOffEndsAndAllAreThereAgainWhenItIsBack() throws Exception {
        SilentLink link = opened.add(new SilentLink(redis.port()));
        TestNode one = node("redis://127.0.0.1:" + link.port());
        TestNode two = node();
        List<String> told = two.open("p");
        one.open("p");
        enter(one, "anna");
        enter(one, "bob");
        enter(two, "bob");
        String name = one.nodes().self();
        TappedEvents deaths = opened.add(new TappedEvents("heddle.NodeDied"));
        link.silence();
        awaitTold(told, "+anna", "+bob", "-anna");
        Soon.until(() -> two.counts().leasesEnded.sum() == 1);
        Soon.untilAsserted(() -> assertEquals(List.of(name), deaths.values("node")));
        assertThrows(BrokerUnavailable.class, () -> enter(one, "carl"));
        link.open();
        Soon.until(() -> two.roster().users("p").containsAll(Set.of("anna", "bob", "carl")));
        assertTrue(!name.equals(one.nodes().self()));
        Soon.until(() -> one.roster().users("p").containsAll(Set.of("anna", "bob", "carl")));
        two.roster().absent("p", "bob", NONE);
        one.roster().absent("p", "anna", NONE);
        Soon.until(() -> told.getLast().equals("-anna"));
        assertTrue(two.roster().users("p").contains("bob"));
    }

    @Test
    void aNodeThatEndsLeavesNobodyBehind() {
        TestNode one = node();
        TestNode two = node();
        one.open("p");
        List<String> told = two.open("p");
        enter(one, "anna");
        one.close();
        awaitTold(told, "+anna", "-anna");
        Soon.until(() -> two.nodes().others().isEmpty());
    }

    @Test
    void aRedisThatHasLostAllIsToldAgainAndNobodyFlickers() throws Exception {
        TestNode one = node();
        TestNode two = node();
        List<String> told = one.open("p");
        two.open("p");
        enter(one, "anna");
        enter(two, "bob");
        redis.kill();
        redis.restart();
        Soon.until(() -> redis.ask("HGETALL heddle:{p}:users").contains("bob"));
        Soon.until(() -> redis.ask("HGETALL heddle:{p}:users").contains("anna"));
        enter(two, "carl");
        awaitTold(told, "+anna", "+bob", "+carl");
        assertEquals(Set.of("anna", "bob", "carl"), Set.copyOf(one.roster().users("p")));
    }

    @Test
    void ofARedisThatWasStartedAgainWithItsDataNobodyIsLeftBehind() throws Exception {
        TestNode one = node();
        TestNode two = node();
        one.open("p");
        two.open("p");
        enter(one, "anna");
        redis.ask("SAVE");
        redis.kill();
        redis.restart();
        one.roster().present("p", "bob", null); // before any node keeps its lease
        Soon.until(() -> two.roster().users("p").equals(List.of("anna", "bob")));
        Soon.until(() -> redis.ask("HLEN heddle:{p}:users").startsWith(":2"));
        one.roster().absent("p", "anna", NONE);
        one.roster().absent("p", "bob", NONE);
        Soon.until(() -> two.roster().count("p") == 0);
        Soon.until(() -> redis.ask("HLEN heddle:{p}:users").startsWith(":0"));
        assertTrue(redis.ask("SCARD heddle:{p}:at").startsWith(":0"));
    }

    @Test
    void aLogOfEventsThatWasEvictedTakesNobodyAway() throws Exception {
        TestNode one = node();
        TestNode two = node();
        List<String> told = two.open("p");
        one.open("p");
        enter(one, "anna");
        awaitTold(told, "+anna");
        redis.ask("DEL \"heddle:{\\x01p}:head\"");
        enter(two, "bob");
        awaitTold(told, "+anna", "+bob");
        Soon.until(() -> redis.ask("HLEN heddle:{p}:users").startsWith(":2"));
        Soon.until(() -> one.roster().users("p").equals(List.of("anna", "bob")));
    }

    @Test
    void whoLeavesBeforeRedisHasAnsweredIsNotLeftBehind() throws Exception {
        SilentLink link = opened.add(new SilentLink(redis.port()));
        TestNode node = node("redis://127.0.0.1:" + link.port());
        node.open("p");
        enter(node, "anna"); // so that Redis knows the script
        link.mute();
        node.roster().present("p", "bob", null);
        Soon.until(() -> redis.ask("HEXISTS heddle:{p}:users bob").startsWith(":1"));
        node.roster().absent("p", "bob", NONE);
        link.open();
        Soon.until(() -> redis.ask("HEXISTS heddle:{p}:users bob").startsWith(":0"));
    }

    @Test
    void whatIsSaidDuringAnOutageIsToldAfterIt() throws Exception {
        TestNode one = node();
        TestNode two = node();
        List<String> told = two.open("p");
        one.open("p");
        enter(one, "anna");
        awaitTold(told, "+anna");
        redis.signal("STOP");
        one.roster().absent("p", "anna", NONE);
        one.roster().present("p", "bob", null);
        redis.signal("CONT");
        Soon.until(() -> two.roster().users("p").equals(List.of("bob")));
    }

    @Test
    void aNodeAsksAllOthersAndKnowsWhoIsSilent() throws Exception {
        TestNode one = node();
        TestNode two = node();
        TestNode three = node();
        Soon.until(() -> one.nodes().others().size() == 2);
        two.nodes().answer("it", question -> List.of("two", question.getFirst()));
        CountDownLatch never = new CountDownLatch(1);
        three.nodes()
                .answer(
                        "it",
                        question -> {
                            try {
                                never.await();
                            } catch (InterruptedException stopped) {
                                Thread.currentThread().interrupt();
                            }
                            return List.of();
                        });
        Answers answers = one.nodes().ask("it", List.of("a b\n\u00e4\ud83d\ude00", ""));
        assertEquals(
                List.of("two", "a b\n\u00e4\ud83d\ude00"),
                answers.byNode().get(two.nodes().self()));
        assertEquals(List.of(three.nodes().self()), answers.silent());
        assertEquals(List.of("two", "y"), one.nodes().askOne(address(two), "it", List.of("y")));
        assertThrows(
                BrokerUnavailable.class,
                () -> one.nodes().askOne(address(three), "it", List.of("y")));
        never.countDown();
        Answers whole = one.nodes().ask("it", List.of("x"));
        assertEquals(2, whole.byNode().size());
        assertTrue(whole.isWhole());
        assertThrows(
                BrokerUnavailable.class, () -> one.nodes().askOne("nobody", "it", List.of("y")));
    }

    private static String address(TestNode node) {
        return node.nodes().address();
    }

    @Test
    void aNodeThatRedisDoesNotCountIsSilent() throws Exception {
        SilentLink link = opened.add(new SilentLink(redis.port()));
        String uri = "redis://127.0.0.1:" + link.port();
        TestNode one = node();
        TestNode two = opened.add(new TestNode(uri, Map.of("HEDDLE_CLUSTER_LEASE", "60s")));
        String name = two.nodes().self();
        Soon.until(() -> one.nodes().others().equals(List.of(name)));
        link.silence();
        redis.ask("CLIENT KILL TYPE pubsub"); // two does not notice
        Soon.untilAsserted(() -> assertEquals(List.of(name), ask(one).silent()));
        link.open();
    }

    @Test
    void aNodeThatIsLaterThanItsLeaseMayStillHaveWhatIsAskedFor() throws Exception {
        SilentLink link = opened.add(new SilentLink(redis.port()));
        TestNode one = node();
        node("redis://127.0.0.1:" + link.port());
        Soon.until(() -> one.nodes().others().size() == 1);
        link.silence();
        Soon.until(() -> one.nodes().others().isEmpty());
        Answers answers = one.nodes().ask("it", List.of("x"));
        assertFalse(answers.isWhole());
        link.open();
    }

    @Test
    void whoDoesNotHearAnswersDoesNotTakeThemForNone() throws Exception {
        TestNode one = node();
        TestNode two = node();
        Soon.until(() -> one.nodes().others().size() == 1);
        two.nodes().answer("it", question -> question);
        for (int i = 0; i < 20; i++) {
            redis.ask("CLIENT KILL TYPE pubsub");
            Answers answers = ask(one);
            assertTrue(!answers.isWhole() || answers.byNode().size() == 1, answers::toString);
        }
    }

    private static Answers ask(TestNode node) {
        try {
            return node.nodes().ask("it", List.of("x"));
        } catch (BrokerUnavailable deaf) {
            return new Answers(Map.of(), List.of(), false);
        }
    }
}
