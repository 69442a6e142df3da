package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// HTTP requests that want no upgrade: the page, and what a connection does from one to the next.
class PlainHttpIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        client = RawClient.connect(SERVER.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    private byte[] request(String line, String... more) {
        List<String> headers = new ArrayList<>(List.of("Host: " + client.host()));
        headers.addAll(List.of(more));
        return RawClient.request(line, headers);
    }

    private HttpAnswer ask(String method, String target) throws IOException {
        client.send(request(method + " " + target + " HTTP/1.1"));
        return client.readAnswer(method);
    }

    @Test
    void servesThePageWithItsSecurityHeaders() throws IOException {
        HttpAnswer page = ask("GET", "/");
        assertEquals(200, page.status(), client::conversation);
        assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'self'; connect-src 'self' ws: wss:"), policy);
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertTrue(page.body().startsWith("<!doctype html>"), page::body);
    }

    @Test
    void answersHeadAsGetButWithoutTheBody() throws IOException {
        HttpAnswer page = ask("GET", "/");
        HttpAnswer head = ask("HEAD", "/");
        assertEquals(200, head.status(), client::conversation);
        assertEquals(withoutDate(page), withoutDate(head));
        assertEquals(200, ask("GET", "/").status(), client::conversation);
    }

    private static List<HttpAnswer.Header> withoutDate(HttpAnswer answer) {
        return answer.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase("Date"))
                .toList();
    }

    @Test
    void answersTwoRequestsOnOneConnection() throws IOException {
        assertEquals(200, ask("GET", "/").status(), client::conversation);
        assertEquals(200, ask("GET", "/").status(), client::conversation);
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (String target : List.of("/", "/benchmark", "/")) {
            requests.writeBytes(request("GET " + target + " HTTP/1.1"));
        }
        client.send(requests.toByteArray());
        assertFalse(client.readAnswer("GET").body().isEmpty(), client::conversation);
        assertEquals("", client.readAnswer("GET").body(), client::conversation);
        assertFalse(client.readAnswer("GET").body().isEmpty(), client::conversation);
    }

    @Test
    void upgradesAConnectionThatHasServedThePage() throws IOException {
        assertEquals(200, ask("GET", "/").status(), client::conversation);
        client.sendHandshake("/echo");
        client.requireUpgrade(client.readAnswer("GET"));
        client.send(RawFrame.text("after the page"));
        assertEquals("after the page", client.readFrame().text());
    }

    @Test
    void closesWhenTheRequestSaysSo() throws IOException {
        client.send(request("GET / HTTP/1.1", "Connection: close"));
        HttpAnswer page = client.readAnswer("GET");
        assertEquals(200, page.status(), client::conversation);
        assertEquals("close", page.header("Connection"));
        client.expectEnd();
    }

    @Test
    void answersAfterAHalfClose() throws IOException {
        client.send(request("GET / HTTP/1.1"));
        client.endOutput();
        assertEquals(200, client.readAnswer("GET").status(), client::conversation);
        client.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/index.html/..", "/heddle.jar", "/META-INF/MANIFEST.MF"})
    void knowsNothingElse(String target) throws IOException {
        int status = ask("GET", target).status();
        assertTrue(status == 404 || status == 400, client::conversation);
        client.expectEnd();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void saysWhichMethodsThereAre(String method) throws IOException {
        HttpAnswer answer = ask(method, "/");
        assertEquals(405, answer.status(), client::conversation);
        assertEquals("GET, HEAD", answer.header("Allow"));
        client.expectEnd();
    }

    @Test
    void takesABenchmarkRequestWhenTheHubHasTheMessage() throws IOException {
        try (RawClient receiver = RawClient.open(SERVER.port(), "/ws")) {
            receiver.send(RawFrame.text("I am registered"));
            assertEquals("I am registered", receiver.readFrame().text());
            HttpAnswer answer = ask("GET", "/benchmark");
            assertEquals(200, answer.status(), client::conversation);
            assertEquals("", answer.body());
            assertEquals("test message", receiver.readFrame().text());
        }
    }
}
