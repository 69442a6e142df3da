package dev.heddle.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.Heddle;
import dev.heddle.support.AccClient;
import dev.heddle.support.ApiClient;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.RawClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Commands on `/acc` that a service in Python handles.
class GatewayCommandsIT {
    private static final int ROOM = 101;

    private PythonService service;
    private Heddle server;
    private LeakCheck leaks;

    @BeforeEach
    void start() throws IOException {
        service = PythonService.start("");
        Map<String, String> settings = new HashMap<>();
        settings.put("HEDDLE_GATEWAY_ORDERS_TO", service.url());
        settings.put("HEDDLE_GATEWAY_ORDERS_TIMEOUT", "3s");
        settings.put("HEDDLE_GATEWAY_ORDERS_COMMANDS", "order.*,list,ping");
        settings.put("HEDDLE_GATEWAY_OTHER_TO", "http://127.0.0.1:9");
        settings.put("HEDDLE_GATEWAY_OTHER_COMMANDS", "order.other*");
        settings.put("HEDDLE_GATEWAY_OTHER_PATH", "/other");
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

    private AccClient login(String user) throws IOException {
        return AccClient.login(server.port(), ROOM, user);
    }

    /// The `response` of the reply, without its beginning.
    private static String ask(AccClient client, String command, String data) throws IOException {
        client.request(command, data);
        String reply = client.awaitText("\"cmd\":\"" + command + "\"");
        return reply.substring(reply.indexOf("{\"code\":") + 8, reply.length() - 1);
    }

    @Test
    void theServiceIsToldWhoAsksForWhat() throws Exception {
        try (AccClient ann = login("ann")) {
            String data = "{\"n\":1.50,\"ü\":[null]}";
            assertEquals(
                    "200,\"codeMsg\":\"Success\",\"data\":" + data + "}",
                    ask(ann, "order.create", data));
            assertEquals("200,\"codeMsg\":\"Success\",\"data\":null}", ask(ann, "list", "null"));
            assertTrue(ask(ann, "ping", "{}").contains("pong"), "Heddle's own");
        }
        List<JsonNode> events = service.events("message");
        JsonNode first = events.getFirst();
        assertEquals("order.create", first.path("ce-command").asText());
        assertEquals("ann", first.path("ce-userid").asText());
        assertEquals("orders", first.path("ce-route").asText());
        assertEquals("application/json", first.path("content-type").asText());
        assertTrue(first.path("ce-address").asText().startsWith("127.0.0.1:"));
        assertEquals(2, events.size());
        assertEquals(
                first.path("ce-connectionid").asText(),
                events.getLast().path("ce-connectionid").asText());
        assertTrue(
                first.path("ce-eventnumber").asInt()
                        < events.getLast().path("ce-eventnumber").asInt());
        assertEquals(0, service.events("connect").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status 400 | 1001,'codeMsg':'a page of an error','data':null}",
                "status 403 | 1003,'codeMsg':'a page of an error','data':null}",
                "status 404 | 1005,'codeMsg':'a page of an error','data':null}",
                "status 409 | 1009,'codeMsg':'a page of an error','data':null}",
                "status 302 | 1009,'codeMsg':'a page of an error','data':null}",
                "status 500 | 1009,'codeMsg':'the service is unavailable, try again later',"
                        + "'data':null}",
                "status 429 | 1009,'codeMsg':'the service is unavailable, try again later',"
                        + "'data':null}",
                "die | 1009,'codeMsg':'the service is unavailable, try again later','data':null}",
                "stall 9 | 1009,'codeMsg':'the service is unavailable, try again later',"
                        + "'data':null}",
                "empty | 200,'codeMsg':'Success','data':null}",
                "sleep 0 hi | 200,'codeMsg':'Success','data':'hi'}",
                "binary abc | 1004,'codeMsg':'server error','data':null}",
                "latin1 | 1004,'codeMsg':'server error','data':null}",
                "json [1, | 1004,'codeMsg':'server error','data':null}",
                "json 1,2 | 1004,'codeMsg':'server error','data':null}",
                "json [1.0] | 200,'codeMsg':'Success','data':[1.0]}"
            })
    void eachAnswerHasItsReply(String said, String reply) throws Exception {
        try (AccClient ann = login("ann")) {
            String expected = reply.replace('\'', '"');
            assertEquals(expected, ask(ann, "order.x", "\"" + said + "\""));
            assertTrue(ask(ann, "members", "{}").contains("ann"), "the connection goes on");
        }
    }

    @Test
    void whatNobodyKnowsIsNoRoute() throws Exception {
        try (AccClient ann = login("ann");
                AccClient nobody = AccClient.open(server.port())) {
            String noRoute = "1010,\"codeMsg\":\"no such route\",\"data\":null}";
            assertEquals(noRoute, ask(ann, "orders", "{}"));
            assertEquals(noRoute, ask(ann, "order." + "x".repeat(250), "{}"));
            assertTrue(ask(ann, "order.other1", "{}").startsWith("1009"), "another service's");
            String deep = "[".repeat(300) + "]".repeat(300);
            assertTrue(ask(ann, "order.deep", deep).startsWith("1001"));
            assertTrue(ask(nobody, "order.create", "{}").startsWith("1000"));
            ann.send("{\"seq\":\"1\",\"cmd\":\"list\"}");
            assertTrue(ann.next().endsWith("\"data\":null}}"), "without data");
        }
    }

    @Test
    void aServiceOfCommandsHasNoPathUnlessOneIsSet() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/orders");
            assertEquals(404, client.readAnswer("GET").status());
        }
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/other");
            assertEquals(503, client.readAnswer("GET").status());
        }
    }

    @Test
    void oneWhoWaitsHoldsUpNobody() throws Exception {
        try (AccClient ann = login("ann");
                AccClient bob = login("bob")) {
            ann.request("order.slow", "\"sleep 1 done\"");
            ApiClient api = new ApiClient(server.internalPort());
            Soon.until(
                    () ->
                            ApiClient.text(api.ask("GET", "/debug/where"))
                                    .contains("waiting for orders"));
            assertTrue(ask(bob, "order.quick", "1").startsWith("200"));
            assertTrue(ann.awaitText("order.slow").contains("\"data\":\"done\""));
        }
    }
}
