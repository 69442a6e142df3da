package dev.heddle.api.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the internal port says of a live server with a few connections.
class DebugRoutesTest {
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        for (int i = 0; i < 5; i++) {
            clients.add(RawClient.open(SERVER.port(), "/echo"));
        }
        Soon.until(() -> SERVER.heddle().connections() == 5);
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    private static HttpAnswer ask(String target) throws IOException {
        return new ApiClient(SERVER.heddle().internalPort()).ask("GET", target);
    }

    private static HttpAnswer post(String target) throws IOException {
        return new ApiClient(SERVER.heddle().internalPort()).ask("POST", target);
    }

    private static JsonNode json(String target) throws IOException {
        HttpAnswer answer = ask(target);
        assertEquals(200, answer.status(), answer::body);
        return JSON.readTree(ApiClient.text(answer));
    }

    /// An answer of which nobody knows how long it will be.
    private static InputStream stream(String target) throws IOException {
        int port = SERVER.heddle().internalPort();
        return URI.create("http://127.0.0.1:" + port + target).toURL().openStream();
    }

    /// The dump of all threads, of which nobody knows how long it will be.
    private static InputStream dump() throws IOException {
        int port = SERVER.heddle().internalPort();
        URL url = URI.create("http://127.0.0.1:" + port + "/debug/threads").toURL();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod("POST");
        return connection.getInputStream();
    }

    private static long count(JsonNode where, String state) {
        for (JsonNode place : where.get("places")) {
            if (place.get("state").asText().equals(state)) {
                return place.get("connections").asLong();
            }
        }
        return 0;
    }

    @Test
    void saysWhereAllConnectionsAre() {
        Soon.untilAsserted(
                () -> {
                    JsonNode where = json("/debug/where");
                    assertEquals(5, where.get("connections").asInt());
                    assertEquals(5, count(where, "waiting for a frame"));
                    assertTrue(where.get("millis").asDouble() > 0);
                });
    }

    @Test
    void listsConnectionsByWhatTheyCarry() throws IOException {
        RawClient talker = clients.get(3);
        for (int i = 0; i < 7; i++) {
            talker.send(RawFrame.text("hello"));
            talker.readFrame();
        }
        Soon.untilAsserted( // what came is counted after it was answered
                () -> {
                    JsonNode first = json("/debug/connections?sort=bytes").get("rows").get(0);
                    assertEquals(7 * 11, first.get("connection").get("bytesIn").asInt());
                });
        JsonNode all = json("/debug/connections?sort=bytes&limit=2");
        assertEquals(5, all.get("connections").asInt());
        assertEquals(2, all.get("rows").size());
        JsonNode first = all.get("rows").get(0).get("connection");
        assertEquals("/echo", first.get("path").asText());
        assertEquals(7, first.get("messagesIn").asInt());
        assertEquals(7, first.get("messagesOut").asInt());
        assertTrue(first.get("bytesOut").asInt() > 7 * 7);

        JsonNode rest = json("/debug/connections?sort=bytes&limit=10&offset=1");
        assertEquals(4, rest.get("rows").size());
        long id = first.get("id").asLong();
        rest.get("rows").forEach(row -> assertTrue(row.get("connection").get("id").asLong() != id));
        assertEquals(id, json("/debug/connections/" + id).get("id").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbox", "peak", "age", "rate", "bytes"})
    void sortsDownwards(String sort) throws IOException {
        clients.getFirst().send(RawFrame.text("hello"));
        clients.getFirst().readFrame();
        double last = Double.MAX_VALUE;
        for (JsonNode row : json("/debug/connections?sort=" + sort).get("rows")) {
            JsonNode connection = row.get("connection");
            double value =
                    switch (sort) {
                        case "outbox" -> connection.get("outboxBytes").asDouble();
                        case "peak" -> connection.get("peakOutboxBytes").asDouble();
                        case "age" -> connection.get("ageMillis").asDouble();
                        case "rate" -> row.get("rate").asDouble();
                        default ->
                                connection.get("bytesIn").asDouble()
                                        + connection.get("bytesOut").asDouble();
                    };
            assertTrue(value <= last, sort);
            last = value;
        }
    }

    @Test
    void showsTheStackOfAConnection() throws IOException {
        long id =
                json("/debug/connections").get("rows").get(0).get("connection").get("id").asLong();
        Soon.untilAsserted(
                () -> {
                    JsonNode stack = json("/debug/connections/" + id + "/stack");
                    assertEquals("waiting for a frame", stack.get("state").asText());
                    assertTrue(stack.toString().contains("MessageLoop.run"), stack::toString);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "/debug/connections/99999999, 410",
        "/debug/connections/99999999/stack, 410",
        "/debug/connections/x, 410",
        "/debug/connections?sort=colour, 400",
        "/debug/connections?limit=1001, 400",
        "/debug/connections?offset=-1, 400",
        "/debug/connections?page=2, 400",
        "/debug/nothing, 404",
    })
    void refusesWhatMakesNoSense(String target, int status) throws IOException {
        assertEquals(status, ask(target).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/debug/heap", "/debug/threads", "/debug/jfr", "/debug/jfr/dump"})
    void whatCostsIsNoLink(String target) throws IOException {
        for (String method : List.of("GET", "HEAD")) {
            HttpAnswer answer = new ApiClient(SERVER.heddle().internalPort()).ask(method, target);
            assertEquals(405, answer.status());
            assertEquals("POST", answer.header("Allow"));
        }
    }

    @Test
    void countsTheHeapByClassAndConnectionAndThenRests() throws IOException {
        JsonNode heap = JSON.readTree(ApiClient.text(post("/debug/heap?live=true")));
        assertEquals(5, heap.get("connections").asInt());
        assertTrue(heap.get("isLive").asBoolean());
        HttpAnswer again = post("/debug/heap");
        assertEquals(429, again.status());
        assertTrue(Integer.parseInt(again.header("Retry-After")) >= 1, again::toString);
        for (JsonNode each : heap.get("classes")) {
            if (each.get("name").asText().equals("dev.heddle.net.ServedConnection")) {
                assertTrue(each.get("instances").asInt() >= 5, each::toString);
                assertTrue(each.get("bytesPerConnection").asDouble() >= 64, each::toString);
                return;
            }
        }
        throw new AssertionError("no class of ours in " + heap);
    }

    @Test
    void dumpsAllThreads() throws IOException {
        int connections = 0;
        boolean hasWheel = false;
        JsonNode dump = JSON.readTree(dump());
        for (JsonNode thread : dump.at("/threadDump/threads")) {
            if (thread.has("connection")) {
                connections++;
                assertTrue(thread.get("virtual").asBoolean());
                assertEquals("waiting for a frame", thread.get("state").asText());
                assertTrue(thread.get("stack").toString().contains("MessageLoop.run"));
            }
            hasWheel |= thread.path("name").asText().equals("heddle-wheel");
        }
        assertEquals(5, connections);
        assertTrue(hasWheel);
    }

    @Test
    void tellsAllMetricsEverySecond() throws Exception {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(stream("/debug/live"), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 2; i++) {
                String id = lines.readLine();
                assertTrue(id.matches("id: [0-9]{13}"), id);
                String line = lines.readLine();
                assertTrue(line.startsWith("data: {"), line);
                JsonNode values = JSON.readTree(line.substring("data: ".length()));
                assertEquals(5, values.get("heddle_connections").asInt());
                assertTrue(values.get("jvm_memory_used_bytes{area=\"heap\"}").asDouble() > 0);
                JsonNode handshakes = values.get("heddle_handshake_seconds");
                assertEquals(handshakes.get("bounds").size() + 1, handshakes.get("counts").size());
                assertEquals("", lines.readLine());
            }
        }
    }
}
