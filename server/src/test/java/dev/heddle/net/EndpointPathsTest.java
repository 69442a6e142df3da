package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Endpoints under other paths than their usual ones, also where files are.
class EndpointPathsTest {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_WS_PATHS", "/,/ws,/hub.js,/benchmark",
                                    "HEDDLE_ACC_PATHS", "/v1/acc",
                                    "HEDDLE_ECHO_PATHS", "/v1/echo/")));

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ws", "/hub.js", "/benchmark", "/?token=x"})
    void eachPathOfTheHubLeadsToTheOneHub(String path) throws IOException {
        try (RawClient listener = RawClient.open(SERVER.port(), "/ws");
                RawClient client = RawClient.open(SERVER.port(), path)) {
            client.send(RawFrame.text("hello from " + path));
            assertEquals("hello from " + path, listener.readFrame().text());
            assertEquals("hello from " + path, client.readFrame().text());
        }
    }

    @Test
    void otherEndpointsMoveAway() throws IOException {
        try (RawClient client = RawClient.open(SERVER.port(), "/v1/echo/")) {
            client.send(RawFrame.text("hello"));
            assertEquals("hello", client.readFrame().text());
        }
        try (RawClient client = RawClient.open(SERVER.port(), "/v1/acc")) {
            client.send(RawFrame.text("{\"seq\":\"1\",\"cmd\":\"ping\"}"));
            assertTrue(client.readFrame().text().contains("\"cmd\":\"ping\""));
        }
        for (String usual : List.of("/echo", "/acc")) {
            assertEquals(404, answer("GET", usual, "Upgrade: websocket").status(), usual);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200, text/html",
        "HEAD, /, 200, text/html",
        "GET, /hub.js, 200, text/javascript",
        "GET, /benchmark, 200, ''",
    })
    void aPlainRequestGetsTheFileAllTheSame(String method, String path, int status, String type)
            throws IOException {
        HttpAnswer answer = answer(method, path, "Accept: */*");
        assertAll(
                () -> assertEquals(status, answer.status()),
                () -> assertTrue(answer.header("Content-Type").startsWith(type), answer::toString));
    }

    @Test
    void anUpgradeToSomethingElseIsAPlainRequest() throws IOException {
        assertEquals(200, answer("GET", "/", "Upgrade: h2c").status());
    }

    @ParameterizedTest
    @CsvSource({"/, 'GET, HEAD'", "/ws, GET"})
    void whatElseOneMayDoThereIsSaid(String path, String allowed) throws IOException {
        HttpAnswer answer = answer("POST", path, "Content-Length: 0");
        assertEquals(405, answer.status());
        assertEquals(allowed, answer.header("Allow"));
    }

    /// So that no client whose proxy has no upgrades is left alone with a page.
    @ParameterizedTest
    @ValueSource(strings = {"/", "/ws"})
    void aHandshakeThatLostItsUpgradeIsToldSo(String path) throws IOException {
        HttpAnswer lost = answer("GET", path, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        assertEquals(426, lost.status());
        assertTrue(lost.body().contains("proxy"), lost::body);
    }

    private static HttpAnswer answer(String method, String path, String header) throws IOException {
        try (RawClient client = RawClient.connect(SERVER.port())) {
            List<String> headers = new ArrayList<>(List.of("Host: " + client.host()));
            headers.add(header);
            headers.add("Connection: close");
            client.send(RawClient.request(method + ' ' + path + " HTTP/1.1", headers));
            return client.readAnswer(method);
        }
    }
}
