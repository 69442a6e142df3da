package dev.heddle.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import dev.heddle.Heddle;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.HttpApi;
import dev.heddle.support.Opened;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.RedisServer;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/// Two nodes over one Redis are one system.
class ManyNodesIT {
    private static final int ROOM = 101;

    private final HttpApi api = new HttpApi();
    @RegisterExtension final Opened opened = new Opened();
    private RedisServer redis;
    private Heddle one;
    private Heddle two;

    @BeforeEach
    void start() throws IOException {
        redis = opened.add(new RedisServer());
        one = node(Map.of());
        two = node(Map.of());
        awaitReady(one);
        awaitReady(two);
    }

    private Heddle node(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("HEDDLE_CLUSTER_REDIS_URI", redis.uri());
        settings.put("HEDDLE_CLUSTER_REDIS_TIMEOUT", "1s");
        settings.put("HEDDLE_CLUSTER_LEASE", "1s");
        settings.put("HEDDLE_DEADLINES_CLOSE", "5s");
        settings.put(
                "HEDDLE_CHANNELS_RULES",
                "hall:* joins=true presence=users grace=1s, news:* presence=users");
        settings.putAll(more);
        return opened.add(Heddle.start(TestServer.configured(settings)));
    }

    private static void awaitReady(Heddle node) {
        ApiClient client = new ApiClient(node.internalPort());
        Soon.until(() -> client.ask("GET", "/readyz").status() == 200);
    }

    private Talker login(Heddle node, String user) throws IOException {
        return login(node, ROOM, user);
    }

    private Talker login(Heddle node, int room, String user) throws IOException {
        return opened.add(Talker.login(node.port(), room, user));
    }

    private static void awaitTold(Talker talker, String... expected) {
        Soon.untilAsserted(
                () ->
                        assertEquals(
                                List.of(expected),
                                talker.told("enter", "exit", "join", "leave", "msg")));
    }

    @Test
    void usersOfARoomKnowOfEachOtherOnWhateverNodeTheyAre() throws IOException {
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        awaitTold(anna, "enter bob");
        assertTrue(anna.ask("members", "{}").contains("[\"anna\",\"bob\"]"));
        assertTrue(bob.ask("members", "{}").contains("[\"anna\",\"bob\"]"));
        Talker bobAgain = login(one, "bob");
        bob.close();
        bobAgain.ask("msgAll", "{\"message\":\"still here\"}");
        awaitTold(anna, "enter bob", "msg bob");
        bobAgain.close();
        awaitTold(anna, "enter bob", "msg bob", "exit bob");
        Soon.until(() -> anna.ask("members", "{}").contains("[\"anna\"]"));
    }

    @Test
    void whatIsSaidInARoomComesToAllNodesInOneOrder() throws IOException {
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        Talker carl = login(two, "carl");
        for (int i = 0; i < 20; i++) {
            anna.ask("msgAll", "{\"message\":\"a%d\"}".formatted(i));
            bob.ask("msgAll", "{\"message\":\"b%d\"}".formatted(i));
        }
        List<String> expected =
                IntStream.range(0, 20)
                        .boxed()
                        .<String>mapMulti(
                                (i, all) -> {
                                    all.accept("a" + i);
                                    all.accept("b" + i);
                                })
                        .toList();
        Soon.untilAsserted(
                () ->
                        assertEquals(
                                expected,
                                carl.heard().stream()
                                        .filter(push -> push.contains("\"cmd\":\"msg\""))
                                        .map(push -> Talker.field(push, "msg"))
                                        .toList()));
    }

    @Test
    void aDirectMessageFindsItsUserOnTheOtherNodeAndSaysTheTruthOfWhoIsNowhere()
            throws IOException {
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        awaitTold(anna, "enter bob");
        String sent = anna.ask("msg", "{\"userID\":\"bob\",\"message\":\"psst\"}");
        assertTrue(sent.contains("\"sendResults\":true"), sent);
        Soon.until(() -> bob.told("msg").equals(List.of("msg anna")));
        String lost = anna.ask("msg", "{\"userID\":\"nobody\",\"message\":\"psst\"}");
        assertTrue(lost.contains("\"sendResults\":false"), lost);
    }

    @Test
    void aServiceReachesUsersThroughAnyNode() throws Exception {
        Talker bob = login(two, "bob");
        Soon.until(() -> api.call(one.internalPort(), "GET", "users", "").contains("bob"));
        api.call(one.internalPort(), "POST", "users/bob/messages", "{\"text\":\"hello\"}");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("hello")));
        api.call(one.internalPort(), "PUT", "users/bob/subscriptions/news:1", "");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("subscribed")));
        api.publish(one.internalPort(), "news:1", "{\"n\":1}");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("{\"n\":1}")));
        assertTrue(
                api.call(one.internalPort(), "GET", "users/bob/sessions", "")
                        .contains("127.0.0.1"));
        api.call(one.internalPort(), "DELETE", "users/bob/subscriptions/news:1", "");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("unsubscribed")));
        api.call(one.internalPort(), "POST", "users/bob/disconnect", "");
        bob.line().awaitClose(4501);
    }

    private HttpAnswer ask(Heddle node, String method, String path) throws IOException {
        return new ApiClient(node.internalPort()).ask(method, path);
    }

    @Test
    void aConnectionIsReachedByItsNameThroughAnyNode() throws Exception {
        Talker carl = login(one, "carl");
        Talker bob = login(two, "bob");
        Soon.until(() -> api.call(one.internalPort(), "GET", "users", "").contains("bob"));
        String sessions = api.call(one.internalPort(), "GET", "users/bob/sessions", "");
        String path = "connections/" + Talker.field(sessions, "id");
        for (Heddle node : List.of(one, two)) {
            String row = api.call(node.internalPort(), "GET", path, "");
            assertEquals("bob", Talker.field(row, "user"), row);
            String text = "{\"text\":\"to you alone\",\"id\":\"%d\"}".formatted(node.port());
            api.call(node.internalPort(), "POST", path + "/messages", text);
        }
        assertEquals(2, bob.heard().stream().filter(push -> push.contains("alone")).count());
        assertFalse(carl.heard().stream().anyMatch(push -> push.contains("alone")));
        String carls = api.call(one.internalPort(), "GET", "users/carl/sessions", "");
        String again = "{\"text\":\"to you alone\",\"id\":\"%d\"}".formatted(one.port());
        HttpAnswer taken =
                new ApiClient(one.internalPort())
                        .ask(
                                "POST",
                                "/api/v1/connections/" + Talker.field(carls, "id") + "/messages",
                                "application/json",
                                again);
        assertEquals(409, taken.status(), "the other client's number is the same");
        HttpAnswer bad =
                new ApiClient(one.internalPort())
                        .ask(
                                "POST",
                                "/api/v1/" + path + "/messages",
                                "application/json",
                                "{\"txt\":1}");
        assertEquals(400, bad.status());
        assertEquals("application/problem+json", bad.header("Content-Type"));
        assertEquals(204, ask(one, "DELETE", "/api/v1/" + path).status());
        bob.line().awaitClose(4501);
        Soon.until(() -> ask(one, "GET", "/api/v1/" + path).status() == 410);
        assertEquals(410, ask(one, "GET", "/api/v1/connections/0000000000-1").status());
        assertEquals(410, ask(one, "DELETE", "/api/v1/connections/0000000000-1").status());
        assertTrue(carl.ask("members", "{}").contains("carl"));
    }

    @Test
    void aServiceReachesItsConnectionsThroughAnyNode() throws Exception {
        BlockingQueue<String> names = new LinkedBlockingQueue<>();
        HttpServer service =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    names.add(exchange.getRequestHeaders().getFirst("ce-connectionid"));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        service.start();
        opened.add(() -> service.stop(0));
        String to = "http://127.0.0.1:" + service.getAddress().getPort();
        Heddle three = node(Map.of("HEDDLE_GATEWAY_ORDERS_TO", to));
        awaitReady(three);
        Soon.until(() -> ask(one, "GET", "/api/v1/nodes").body().split("\"version\"").length == 4);
        try (RawClient client = RawClient.open(three.port(), "/orders")) {
            String name = names.take();
            String path = "/api/v1/connections/" + name;
            ApiClient elsewhere = new ApiClient(one.internalPort());
            assertEquals(
                    200,
                    elsewhere.ask("POST", path + "/messages", "text/plain", "\u00e4").status());
            assertEquals("\u00e4", client.readFrame().text());
            assertEquals(
                    200,
                    elsewhere.ask("POST", "/@connections/" + name, "text/plain", "aws").status());
            assertEquals("aws", client.readFrame().text());
            assertTrue(ask(one, "GET", path).body().contains("\"route\":\"orders\""));
            assertEquals(204, ask(one, "DELETE", path + "?code=4700&reason=enough").status());
            RawFrame end = client.readFrame();
            assertEquals("4700 enough", end.closeCode() + " " + end.closeReason());
            client.send(RawFrame.close(4700, ""));
            client.expectEnd();
            Soon.until(
                    () ->
                            "GoneException"
                                    .equals(
                                            ask(one, "GET", "/@connections/" + name)
                                                    .header("x-amzn-errortype")));
        }
    }

    @Test
    void withoutRedisNobodyKnowsWhereAConnectionIs() throws Exception {
        login(one, "anna");
        login(two, "bob");
        Soon.until(() -> api.call(one.internalPort(), "GET", "users", "").contains("bob"));
        String sessions = api.call(one.internalPort(), "GET", "users/bob/sessions", "");
        redis.signal("STOP");
        String path = "/api/v1/connections/" + Talker.field(sessions, "id");
        HttpAnswer answer = ask(one, "GET", path);
        redis.signal("CONT");
        assertEquals(503, answer.status());
        assertEquals("5", answer.header("Retry-After"));
    }

    @Test
    void aMessageThatIsSentAgainThroughAnotherNodeIsSentOnce() throws Exception {
        Talker bob = login(two, "bob");
        Soon.until(() -> api.call(one.internalPort(), "GET", "users", "").contains("bob"));
        String body = "{\"text\":\"hello\",\"id\":\"1\"}";
        String path = "users/bob/messages";
        String first = api.call(one.internalPort(), "POST", path, body);
        String again = api.call(two.internalPort(), "POST", path, body);
        assertTrue(first.contains("\"duplicate\":false"), first);
        assertTrue(again.contains("\"duplicate\":true"), again);
        assertEquals(1, bob.heard().stream().filter(push -> push.contains("hello")).count());
    }

    @Test
    void theRawHubSpansAllNodesInOneOrder() throws Exception {
        Heddle three = node(Map.of("HEDDLE_CLUSTER_WS", "true"));
        Heddle four = node(Map.of("HEDDLE_CLUSTER_WS", "true"));
        awaitReady(three);
        awaitReady(four);
        try (RawClient here = RawClient.open(three.port(), "/ws");
                RawClient there = RawClient.open(four.port(), "/ws")) {
            byte[] bytes = {0, -1, 'a', (byte) 0x80};
            for (int i = 0; i < 20; i++) {
                (i % 2 == 0 ? here : there).send(RawFrame.text("\u00e4" + i));
                assertEquals("\u00e4" + i, here.readFrame().text());
                assertEquals("\u00e4" + i, there.readFrame().text());
            }
            there.send(RawFrame.binary(bytes));
            for (RawClient each : List.of(here, there)) {
                RawFrame frame = each.readFrame();
                assertEquals(RawFrame.BINARY, frame.opcode());
                assertArrayEquals(bytes, frame.payload());
            }
            String all = "{\"text\":\"all\",\"to\":\"ws\"}";
            api.call(three.internalPort(), "POST", "broadcast", all);
            assertEquals("all", here.readFrame().text());
            assertEquals("all", there.readFrame().text());
            redis.signal("STOP");
            here.send(RawFrame.text("lost"));
            assertEquals(4013, here.readFrame().closeCode());
            redis.signal("CONT");
        }
    }

    @Test
    void aSubscriberRecoversOnAnotherNodeWhatItMissed() throws Exception {
        Talker bob = login(two, "bob");
        String reply = bob.ask("subscribe", "{\"channel\":\"news:1\"}");
        String epoch = Talker.field(reply, "epoch");
        api.publish(one.internalPort(), "news:1", "1");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("\"offset\":1")));
        bob.close();
        api.publish(two.internalPort(), "news:1", "2");
        api.publish(one.internalPort(), "news:1", "3");
        Talker back = login(one, "bob");
        String recovered =
                back.ask(
                        "subscribe",
                        "{\"channel\":\"news:1\",\"recover\":{\"epoch\":\"%s\",\"offset\":1}}"
                                .formatted(epoch));
        assertTrue(recovered.contains("\"recovered\":true"), recovered);
        assertTrue(recovered.contains("\"offset\":2") && recovered.contains("\"offset\":3"));
        api.publish(two.internalPort(), "news:1", "4");
        Soon.until(() -> back.heard().stream().anyMatch(push -> push.contains("\"offset\":4")));
    }

    @Test
    void whoMovesBetweenNodesWithinTheGraceWasNeverAwayFromAChannel() throws IOException {
        Talker anna = login(one, "anna");
        anna.ask("subscribe", "{\"channel\":\"hall:1\"}");
        Talker bob = login(two, 102, "bob");
        bob.ask("subscribe", "{\"channel\":\"hall:1\"}");
        awaitTold(anna, "join bob");
        bob.close();
        Talker back = login(one, 102, "bob");
        back.ask("subscribe", "{\"channel\":\"hall:1\"}");
        String present = anna.ask("presence", "{\"channel\":\"hall:1\"}");
        assertTrue(present.contains("anna") && present.contains("bob"), present);
        back.close();
        awaitTold(anna, "join bob", "leave bob");
    }

    @Test
    void whoIsSubscribedIsKnownOnAllNodes() throws IOException {
        Talker anna = login(one, "anna");
        anna.ask("subscribe", "{\"channel\":\"news:1\"}");
        Talker bob = login(two, "bob");
        bob.ask("subscribe", "{\"channel\":\"news:1\"}");
        for (Talker each : List.of(anna, bob)) {
            String present = each.ask("presence", "{\"channel\":\"news:1\"}");
            assertTrue(present.contains("\"anna\"") && present.contains("\"bob\""), present);
            String counts = each.ask("presenceStats", "{\"channel\":\"news:1\"}");
            assertTrue(counts.contains("\"connections\":2,\"users\":2"), counts);
        }
    }

    @Test
    void aLoginTakesThePlaceOfTheOneOnAnotherNode() throws IOException {
        Heddle three = node(Map.of("HEDDLE_USER_SESSIONS", "takeover"));
        Heddle four = node(Map.of("HEDDLE_USER_SESSIONS", "takeover"));
        awaitReady(three);
        awaitReady(four);
        Talker watching = login(three, "anna");
        Talker older = login(three, "bob");
        awaitTold(watching, "enter bob");
        login(four, "bob");
        older.line().awaitClose(4500);
        Soon.until(
                () ->
                        api.call(one.internalPort(), "GET", "users/bob/sessions", "")
                                        .split("\"address\"", -1)
                                        .length
                                == 2);
        assertEquals(List.of("enter bob"), watching.told("enter", "exit"));
    }

    @Test
    void clientsOfANodeThatIsDrainedAreNeverAwayIfTheyComeBack() throws IOException {
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        Talker carl = login(two, "carl");
        awaitTold(anna, "enter bob", "enter carl");
        two.drain();
        bob.line().awaitClose(1001);
        carl.line().awaitClose(1001);
        login(one, "bob");
        awaitTold(anna, "enter bob", "enter carl", "exit carl");
        assertTrue(anna.ask("members", "{}").contains("[\"anna\",\"bob\"]"));
    }

    @Test
    void whileRedisIsAwayNothingIsPromisedAndAfterwardsAllGoesOn() throws Exception {
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        bob.ask("subscribe", "{\"channel\":\"news:1\"}");
        api.publish(one.internalPort(), "news:1", "1");
        redis.signal("STOP");
        ApiClient client = new ApiClient(one.internalPort());
        HttpAnswer refused =
                client.ask(
                        "POST",
                        "/api/v1/channels/news:1/publications",
                        "application/json",
                        "{\"data\":2}");
        assertEquals(503, refused.status());
        assertEquals("5", refused.header("Retry-After"));
        assertTrue(refused.body().contains("urn:heddle:problem:engine-unavailable"));
        assertTrue(anna.ask("msgAll", "{\"message\":\"x\"}").contains("\"code\":1008"));
        assertTrue(anna.ask("members", "{}").contains("[\"anna\",\"bob\"]"));
        Soon.until(() -> client.ask("GET", "/readyz").status() == 503);
        assertEquals(200, client.ask("GET", "/livez").status());
        redis.signal("CONT");
        Soon.until(() -> client.ask("GET", "/readyz").status() == 200);
        api.publish(one.internalPort(), "news:1", "{\"after\":1}");
        Soon.until(() -> bob.heard().stream().anyMatch(push -> push.contains("{\"after\":1}")));
        assertEquals(List.of("enter bob"), anna.told("enter", "exit"));
    }
}
