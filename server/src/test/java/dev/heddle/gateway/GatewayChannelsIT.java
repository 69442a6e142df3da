package dev.heddle.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.Heddle;
import dev.heddle.json.Json;
import dev.heddle.support.ApiClient;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A service puts connections into channels, and takes them out.
class GatewayChannelsIT {
    private static final String FAILURE = "{\"error\":\"unavailable\",\"temporary\":true}";

    private PythonService service;
    private Heddle server;
    private LeakCheck leaks;

    @BeforeEach
    void start() throws IOException {
        service = PythonService.start("");
        Map<String, String> settings = new HashMap<>();
        settings.put("HEDDLE_GATEWAY_ORDERS_TO", service.url());
        settings.put("HEDDLE_GATEWAY_ORDERS_DEFLATE", "true");
        settings.put("HEDDLE_CHANNELS_SUBSCRIPTIONS", "3");
        settings.put("HEDDLE_CHANNELS_RULES", "* joins=true history=10");
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

    private void publish(String channel, String json) throws IOException {
        String path =
                "/api/v1/channels/"
                        + URLEncoder.encode(channel, StandardCharsets.UTF_8)
                        + "/publications";
        String body = "{\"data\":" + json + "}";
        assertEquals(200, api().ask("POST", path, "application/json", body).status());
    }

    private ApiClient api() {
        return new ApiClient(server.internalPort());
    }

    private JsonNode channel(String name) throws IOException {
        return Json.read(ApiClient.text(api().ask("GET", "/api/v1/channels/" + name)));
    }

    @Test
    void whoIsLetInIsInTheChannelsThatTheServiceNames() throws Exception {
        try (RawClient ann = open("/orders?user=ann&channels=news,sport");
                RawClient nobody = open("/orders?channels=news");
                RawClient other = open("/orders")) {
            publish("news", "{\"n\":1}");
            publish("sport", "\"goal\"");
            assertEquals("{\"n\":1}", ann.readFrame().text());
            assertEquals("\"goal\"", ann.readFrame().text());
            assertEquals("{\"n\":1}", nobody.readFrame().text());
            assertEquals("hello", say(other, "hello"));
            String present = ApiClient.text(api().ask("GET", "/api/v1/channels/news/presence"));
            String name = service.events("connect").getFirst().path("ce-connectionid").asText();
            assertTrue(present.contains("{\"userID\":\"ann\",\"connectionId\":\"" + name), present);
            assertTrue(present.contains("\"connections\":2,\"users\":2"), present);
            leave(ann);
            leave(nobody);
            leave(other);
        }
        Soon.until(() -> channel("news").path("connections").asInt() == 0);
    }

    @Test
    void answersJoinAndLeave() throws Exception {
        try (RawClient client = open("/orders")) {
            publish("a,b", "0");
            assertEquals("joined", say(client, "join a,b"));
            publish("a", "1");
            assertEquals("1", client.readFrame().text());
            assertEquals("left", say(client, "leave a"));
            publish("a", "2");
            publish("b", "3");
            assertEquals("3", client.readFrame().text());
            assertEquals("joined", say(client, "join b"));
            assertEquals("joined", say(client, "join 50%+ä"));
            publish("50%+ä", "4");
            assertEquals("4", client.readFrame().text());
            publish("b", "5");
            assertEquals("5", client.readFrame().text(), "once, though it has joined twice");
            leave(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join ..", "join a,", "join room:4711", "join a,b,c,d", "leave %zz"})
    void whatCannotBeChangesNothing(String wrong) throws Exception {
        try (RawClient client = open("/orders")) {
            assertEquals("joined", say(client, "join z"));
            assertEquals(FAILURE, say(client, wrong));
            publish("a", "1");
            publish("z", "2");
            assertEquals("2", client.readFrame().text());
            leave(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a,", "room:4711", "a,b,c,d"})
    void whoCannotBeWhereTheServiceSaysIsNotLetIn(String wrong) throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/orders?channels=" + wrong);
            assertEquals(503, client.readAnswer("GET").status());
        }
        Soon.until(() -> service.events("disconnect").size() == 1);
    }
}
