package dev.heddle.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.Heddle;
import dev.heddle.json.Json;
import dev.heddle.support.ApiClient;
import dev.heddle.support.FreePort;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a service in Python is told of clients, and what they get from it.
class GatewayIT {
    private static final String SECRET = "an-old-secret-that-is-long";
    private static final String NEWER = "a-newer-secret-that-is-long";
    private static final String FAILURE = "{\"error\":\"unavailable\",\"temporary\":true}";

    private PythonService service;
    private Heddle server;
    private LeakCheck leaks;

    @BeforeEach
    void start() throws IOException {
        service = PythonService.start(SECRET);
        Map<String, String> settings = new HashMap<>();
        settings.put("HEDDLE_DIAGNOSTICS", "true");
        settings.put("HEDDLE_GATEWAY_ORDERS_TO", service.url());
        settings.put("HEDDLE_GATEWAY_ORDERS_TIMEOUT", "3s");
        settings.put("HEDDLE_GATEWAY_ORDERS_SECRET", NEWER + "," + SECRET);
        settings.put("HEDDLE_GATEWAY_ORDERS_HEADERS", "cookie,origin,authorization");
        settings.put("HEDDLE_GATEWAY_OTHER_TO", "http://127.0.0.1:" + FreePort.find());
        settings.put("HEDDLE_GATEWAY_OTHER_EVENTS", "message");
        server = Heddle.start(TestServer.configured(settings));
        leaks = new LeakCheck(server);
    }

    @AfterEach
    void stop() throws IOException {
        try (PythonService _ = service;
                Heddle _ = server) {
            leaks.awaitNothingLeft();
        }
    }

    private RawClient open(String target) throws IOException {
        return RawClient.open(server.port(), target);
    }

    private static String say(RawClient client, String text) throws IOException {
        client.send(RawFrame.text(text));
        return client.readFrame().text();
    }

    private static void leave(RawClient client) throws IOException {
        client.send(RawFrame.close(1000, ""));
        client.expectClose(1000);
    }

    private static List<String> values(List<JsonNode> events, String name) {
        return events.stream().map(event -> event.path(name).asText()).toList();
    }

    @Test
    void answersOfTheServiceGoToTheClient() throws Exception {
        try (RawClient client = open("/orders")) {
            assertEquals("hello", say(client, "hello"));
            assertEquals("ünï ☃", say(client, "ünï ☃"));
            client.send(RawFrame.text("empty"));
            client.send(RawFrame.text("binary abc"));
            RawFrame answer = client.readFrame();
            assertEquals(RawFrame.BINARY, answer.opcode());
            assertEquals("abc", new String(answer.payload(), StandardCharsets.US_ASCII));
            client.send(RawFrame.binary((byte) 0, (byte) 255));
            assertEquals(2, client.readFrame().payload().length);
            leave(client);
        }
    }

    @Test
    void eachEventSaysWhatItIsAbout() throws Exception {
        try (RawClient client = open("/orders?user=ann&state=s1")) {
            say(client, "one");
            client.send(RawFrame.text("state s2"));
            say(client, "two");
            leave(client);
        }
        Soon.until(() -> service.events("disconnect").size() == 1);
        List<JsonNode> events = service.events();
        assertEquals(
                List.of("connect", "message", "message", "message", "disconnect"),
                values(events, "ce-type").stream().map(type -> type.substring(7)).toList());
        assertEquals(List.of("1", "2", "3", "4", "5"), values(events, "ce-eventnumber"));
        assertEquals(List.of("", "ann", "ann", "ann", "ann"), values(events, "ce-userid"));
        assertEquals(List.of("", "s1", "s1", "s2", "s2"), values(events, "ce-state"));
        assertEquals(Set.of("1.0"), Set.copyOf(values(events, "ce-specversion")));
        assertEquals(Set.of("orders"), Set.copyOf(values(events, "ce-route")));
        assertEquals(1, Set.copyOf(values(events, "ce-connectionid")).size());
        assertEquals(5, Set.copyOf(values(events, "ce-id")).size());
        assertEquals(Set.of("true"), Set.copyOf(values(events, "signed")));
        assertTrue(events.getFirst().path("ce-address").asText().startsWith("127.0.0.1:"));
        JsonNode end = Json.read(events.getLast().path("body").asText());
        assertEquals("client", end.path("reason").asText());
        assertEquals(1000, end.path("code").asInt());
        assertEquals(3, end.path("messagesIn").asInt());
        assertEquals(2, end.path("messagesOut").asInt());
    }

    @Test
    void nothingButListedHeadersReachesTheService() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> lines = new ArrayList<>(client.upgradeHeaders());
            lines.addAll(
                    List.of(
                            "Cookie: a=1",
                            "Cookie: b=2",
                            "Authorization: Basic eA==",
                            "User-Agent: none of your business",
                            "ce-userid: root",
                            "ce-type: heddle.disconnect",
                            "ce-signature: sha256=0",
                            "X-Secret: s",
                            "Content-Type: text/evil"));
            client.send(RawClient.request("GET /orders?a=%20b HTTP/1.1", lines));
            assertEquals(101, client.readAnswer("GET").status());
            say(client, "hello");
            leave(client);
        }
        Soon.until(() -> service.events("disconnect").size() == 1);
        JsonNode connect = Json.read(service.events("connect").getFirst().path("body").asText());
        assertEquals(
                "{\"path\":\"/orders\",\"query\":\"a=%20b\",\"subprotocols\":[],\"headers\":"
                        + "{\"authorization\":\"Basic eA==\",\"cookie\":\"a=1; b=2\"}}",
                connect.toString());
        for (JsonNode event : service.events()) {
            Set<String> names = new TreeSet<>();
            event.path("names").forEach(name -> names.add(name.asText()));
            assertEquals(
                    Set.of(
                            "ce-address",
                            "ce-connectionid",
                            "ce-eventnumber",
                            "ce-id",
                            "ce-route",
                            "ce-signature",
                            "ce-source",
                            "ce-specversion",
                            "ce-subject",
                            "ce-time",
                            "ce-type",
                            "connection",
                            "content-length",
                            "content-type",
                            "host",
                            "user-agent"),
                    Stream.concat(names.stream(), Stream.of("connection"))
                            .collect(Collectors.toSet()));
            assertEquals("Heddle", event.path("user-agent").asText());
            assertTrue(event.path("signed").asBoolean());
        }
    }

    @ParameterizedTest
    @CsvSource({"401,401", "403,403", "429,429", "400,503", "404,503", "500,503", "302,503"})
    void aRefusalIsHandedToTheClientOrIsForNow(int status, int got) throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/orders?status=" + status);
            HttpAnswer answer = client.readAnswer("GET");
            assertEquals(got, answer.status());
            assertEquals(got == 503, !answer.header("Retry-After").isEmpty());
        }
        assertEquals(List.of(), service.events("disconnect"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body=nonsense",
                "body=%7B%22user%22%3A%22%5Cud800%22%7D",
                "subprotocol=x",
                "sleep=9",
                "state=%C3%BC"
            })
    void whoMayTakeAClientForConnectedIsToldThatItIsNot(String query) throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/orders?" + query);
            assertEquals(503, client.readAnswer("GET").status());
        }
        Soon.until(() -> service.events("disconnect").size() == 1);
        JsonNode end = service.events("disconnect").getFirst();
        assertEquals(
                "connect unanswered", Json.read(end.path("body").asText()).path("reason").asText());
        assertEquals(
                values(service.events("connect"), "ce-connectionid"),
                List.of(end.path("ce-connectionid").asText()));
    }

    @Test
    void theServiceChoosesAmongTheOfferedSubprotocols() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> lines = new ArrayList<>(client.upgradeHeaders());
            lines.add("Sec-WebSocket-Protocol: first, second");
            client.send(RawClient.request("GET /orders?subprotocol=second HTTP/1.1", lines));
            HttpAnswer answer = client.readAnswer("GET");
            assertEquals("second", answer.header("Sec-WebSocket-Protocol"));
            say(client, "hello");
            leave(client);
        }
        Soon.until(() -> service.events("disconnect").size() == 1);
        assertEquals(List.of("", "second", "second"), values(service.events(), "ce-subprotocol"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 400",
                "status 404",
                "status 500",
                "status 503",
                "status 302",
                "huge 5000000",
                "stall 9",
                "sleep 9 late",
                "latin1",
                "nonsense",
                "lengths 2",
                "die"
            })
    void whatIsNoAnswerIsAFailureOfOneMessage(String message) throws Exception {
        try (RawClient client = open("/orders")) {
            assertEquals(FAILURE, say(client, message));
            assertEquals("still here", say(client, "still here"));
            leave(client);
        }
    }

    @Test
    void messagesOfAConnectionStayInOrder() throws Exception {
        try (RawClient client = open("/orders")) {
            client.send(RawFrame.text("sleep 0.3 first"));
            client.send(RawFrame.text("second"));
            client.send(RawFrame.text("third"));
            assertEquals("first", client.readFrame().text());
            assertEquals("second", client.readFrame().text());
            assertEquals("third", client.readFrame().text());
            leave(client);
        }
    }

    @Test
    void aConnectionThatTheServiceHasClosedIsNoLoss() throws Exception {
        List<String> sent = IntStream.range(0, 60).mapToObj(i -> "hangup " + i).toList();
        try (RawClient client = open("/orders")) {
            for (String text : sent) {
                assertEquals(text.substring(7), say(client, text));
            }
            leave(client);
        }
        List<String> ids = values(service.events("message"), "ce-id");
        assertEquals(60, Set.copyOf(ids).size());
    }

    @Test
    void aRouteWhoseServiceIsGoneHoldsUpNoOther() throws Exception {
        try (RawClient lonely = open("/other");
                RawClient client = open("/orders")) {
            for (int i = 0; i < 30; i++) {
                assertEquals(FAILURE, say(lonely, "anybody"));
                assertEquals("hello", say(client, "hello"));
            }
            leave(lonely);
            leave(client);
        }
    }

    @Test
    void clientsStayWhileTheServiceIsKilledAndItsEndsAreToldOnce() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(open("/orders"));
        }
        service.kill();
        assertEquals(FAILURE, say(clients.getFirst(), "hello"));
        for (RawClient gone : clients.subList(10, 30)) {
            leave(gone);
            gone.close();
        }
        for (RawClient gone : clients.subList(30, 50)) {
            gone.abort();
        }
        service.start();
        for (RawClient client : clients.subList(0, 10)) {
            Soon.until(() -> say(client, "hello").equals("hello"));
            leave(client);
            client.close();
        }
        Soon.until(() -> service.events("disconnect").size() >= 50);
        leaks.awaitNothingLeft();
        List<String> ended = values(service.events("disconnect"), "ce-connectionid");
        assertEquals(50, ended.size());
        assertEquals(
                Set.copyOf(values(service.events("connect"), "ce-connectionid")),
                Set.copyOf(ended));
    }

    /// More of them than are sent at a time.
    @Test
    void endsThatTheServiceCannotTakeHoldUpNoOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawClient poison = openAnyhow("/orders?state=poison")) {
                leave(poison);
            }
        }
        Soon.until(() -> Set.copyOf(values(service.events("disconnect"), "ce-id")).size() >= 16);
        RawClient other = openAnyhow("/orders?state=well");
        leave(other);
        other.close();
        Soon.until(() -> values(service.events("disconnect"), "ce-state").contains("well"));
    }

    /// Opens a connection once the service is not left in peace any more.
    private RawClient openAnyhow(String target) throws IOException {
        while (true) {
            RawClient client = RawClient.connect(server.port());
            client.sendHandshake(target);
            if (client.readAnswer("GET").status() == 101) {
                return client;
            }
            client.close();
        }
    }

    @Test
    void aStoppedServiceIsWaitedForNoLongerThanTheTimeout() throws Exception {
        try (RawClient client = open("/orders");
                RawClient echo = open("/echo")) {
            say(client, "hello");
            service.signal("STOP");
            client.send(RawFrame.text("anybody"));
            assertEquals("aside", say(echo, "aside"));
            assertEquals(FAILURE, client.readFrame().text());
            service.signal("CONT");
            Soon.until(() -> say(client, "again").equals("again"));
            leave(client);
            leave(echo);
        }
    }

    @Test
    void aDrainTellsOfTheEnds() throws Exception {
        try (RawClient client = open("/orders")) {
            say(client, "hello");
            Thread drain = Thread.ofPlatform().start(server::drain);
            assertEquals(1001, client.readFrame().closeCode());
            client.send(RawFrame.close(1001, ""));
            client.expectEnd();
            drain.join();
        }
        JsonNode end = Json.read(service.events("disconnect").getFirst().path("body").asText());
        assertEquals(1001, end.path("code").asInt());
        assertEquals("server", end.path("reason").asText());
        assertFalse(service.events("disconnect").size() > 1);
    }

    private HttpAnswer ask(String method, String path, String type, String body)
            throws IOException {
        return new ApiClient(server.internalPort()).ask(method, path, type, body);
    }

    @Test
    void aServicePushesToAConnectionAndEndsIt() throws Exception {
        try (RawClient client = open("/orders?user=ann")) {
            String name = service.events("connect").getFirst().path("ce-connectionid").asText();
            String path = "/api/v1/connections/" + name;
            ApiClient api = new ApiClient(server.internalPort());
            JsonNode row = Json.read(ApiClient.text(api.ask("GET", path)));
            assertEquals(
                    List.of(name, "orders", "ann"),
                    List.of(
                            row.path("id").asText(),
                            row.path("route").asText(),
                            row.path("user").asText()));
            assertEquals(200, ask("POST", path + "/messages", "text/plain", "ä").status());
            assertEquals("ä", client.readFrame().text());
            String type = "application/octet-stream";
            assertEquals(200, ask("POST", path + "/messages", type, "abc").status());
            assertEquals(RawFrame.BINARY, client.readFrame().opcode());
            String once = "{\"id\":\"1\",\"text\":\"once\"}";
            assertEquals(200, ask("POST", path + "/messages", "application/json", once).status());
            assertEquals(200, ask("POST", path + "/messages", "application/json", once).status());
            assertEquals("once", client.readFrame().text());
            assertEquals(415, ask("POST", path + "/messages", "image/png", "x").status());
            assertEquals(400, api.ask("DELETE", path + "?code=1005").status());
            assertEquals(204, api.ask("DELETE", path + "?code=4700&reason=enough").status());
            RawFrame close = client.readFrame();
            assertEquals(4700, close.closeCode());
            client.send(RawFrame.close(4700, ""));
            client.expectEnd();
            Soon.until(() -> api.ask("GET", path).status() == 410);
            assertEquals(410, api.ask("DELETE", path).status());
            assertEquals(410, ask("POST", path + "/messages", "text/plain", "x").status());
        }
    }

    @Test
    void aNameOfAnotherProcessIsGone() throws Exception {
        try (RawClient client = open("/orders")) {
            String name = service.events("connect").getFirst().path("ce-connectionid").asText();
            String other = "0000000000" + name.substring(10);
            ApiClient api = new ApiClient(server.internalPort());
            assertEquals(200, api.ask("GET", "/api/v1/connections/" + name).status());
            assertEquals(410, api.ask("GET", "/api/v1/connections/" + other).status());
            leave(client);
        }
    }

    @Test
    void pushesInTheShapeOfAws() throws Exception {
        try (RawClient client = open("/orders")) {
            String name = service.events("connect").getFirst().path("ce-connectionid").asText();
            String path = "/@connections/" + name;
            ApiClient api = new ApiClient(server.internalPort());
            assertEquals(200, ask("POST", path, "application/octet-stream", "hello").status());
            assertEquals("hello", client.readFrame().text());
            JsonNode row = Json.read(ApiClient.text(api.ask("GET", path)));
            assertEquals("127.0.0.1", row.path("identity").path("sourceIp").asText());
            assertEquals(204, api.ask("DELETE", path).status());
            assertEquals(4501, client.readFrame().closeCode());
            client.send(RawFrame.close(4501, ""));
            client.expectEnd();
            Soon.until(() -> api.ask("GET", path).status() == 410);
            HttpAnswer gone = ask("POST", path, "application/octet-stream", "x");
            assertEquals("GoneException", gone.header("x-amzn-errortype"));
        }
    }

    @Test
    void operatorsSeeForWhichServiceClientsWait() throws Exception {
        try (RawClient client = open("/orders")) {
            client.send(RawFrame.text("sleep 1 done"));
            ApiClient api = new ApiClient(server.internalPort());
            Soon.until(
                    () ->
                            ApiClient.text(api.ask("GET", "/debug/where"))
                                    .contains("waiting for orders"));
            assertEquals("done", client.readFrame().text());
            leave(client);
        }
    }
}
