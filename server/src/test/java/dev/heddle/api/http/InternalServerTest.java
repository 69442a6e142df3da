package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.json.RawJson;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.Soon;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.LongAdder;

class InternalServerTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private ApiPort port;

    private record Thing(@Nullable String name, @Nullable Integer number, @Nullable RawJson data) {}

    @BeforeEach
    void start() throws IOException {
        List<Route> routes =
                List.of(
                        Route.open("/livez", _ -> Answer.text(200, "alive")),
                        Route.get("/metrics", _ -> Answer.text(200, "metrics")),
                        Route.get("/say/{what}", call -> Answer.text(200, call.variable("what"))),
                        Route.post(
                                "/form",
                                call -> Answer.text(200, call.form().find("a").orElse("nothing"))),
                        Route.post("/json", call -> Answer.json(call.json(Thing.class))),
                        Route.get("/wait", _ -> waited()),
                        Route.delete("/nothing", _ -> Answer.empty()),
                        Route.get(
                                "/bug",
                                _ -> {
                                    throw new IllegalStateException("a bug with a secret");
                                }));
        port = new ApiPort("", List.of(), routes);
    }

    private Answer waited() throws IOException {
        asked.countDown();
        try {
            mayAnswer.await();
            return Answer.text(200, "at last");
        } catch (InterruptedException ended) {
            interrupted.countDown();
            throw new InterruptedIOException();
        }
    }

    @AfterEach
    void stop() {
        port.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /livez, 200, ''",
        "HEAD, /livez, 200, ''",
        "GET, /metrics, 200, ''",
        "HEAD, /metrics, 200, ''",
        "GET, /livez?verbose, 200, ''",
        "POST, /livez, 405, 'GET, HEAD'",
        "DELETE, /metrics, 405, 'GET, HEAD'",
        "GET, /form, 405, POST",
        "GET, /, 404, ''",
        "GET, /livez/more, 404, ''",
        "GET, /livezmore, 404, ''",
        "GET, /metric, 404, ''",
        "POST, /other, 404, ''",
        "DELETE, /nothing, 204, ''",
        "GET, /say/%C3%28, 400, ''",
    })
    void answers(String method, String target, int status, String allow) throws IOException {
        HttpAnswer answer = port.ask(method, target, List.of());
        assertEquals(status, answer.status());
        assertEquals(allow, answer.header("Allow"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }

    @Test
    void closingItFreesThePortAndDoesNotWaitForARequestThatNeverEnds() throws IOException {
        int number = port.port();
        try (RawClient client = RawClient.connect(number)) {
            client.send("GET /livez HT".getBytes(StandardCharsets.US_ASCII));
            port.close();
        }
        assertThrows(ConnectException.class, () -> RawClient.connect(number));
    }

    @Test
    void anAnswerUnderWayIsWrittenBeforeThePortIsClosed() throws Exception {
        FutureTask<HttpAnswer> ask = new FutureTask<>(() -> port.ask("GET", "/wait", List.of()));
        Thread.startVirtualThread(ask);
        asked.await();
        Thread closing = Thread.ofVirtual().start(port::close);
        Soon.until(
                () ->
                        Arrays.stream(closing.getStackTrace())
                                .anyMatch(frame -> isWaitingFor(Callers.class, frame)));
        mayAnswer.countDown();
        assertEquals("at last\n", ask.get().body());
        assertEquals("close", ask.get().header("Connection"));
        closing.join();
    }

    private static boolean isWaitingFor(Class<?> type, StackTraceElement frame) {
        return frame.getClassName().equals(type.getName()) && frame.getMethodName().equals("join");
    }

    @Test
    void aHandlerThatDoesNotEndIsInterrupted() throws Exception {
        try (RawClient client = RawClient.connect(port.port())) {
            client.send(RawClient.request("GET /wait HTTP/1.1", List.of("Host: " + client.host())));
            asked.await();
            port.close();
            client.expectEnd();
        }
        interrupted.await();
    }

    @Test
    void aProblemSaysWhatIsWrong() throws IOException {
        HttpAnswer answer = port.ask("GET", "/other", List.of());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(
                "{\"type\":\"urn:heddle:problem:no-such-route\","
                        + "\"title\":\"There is nothing at this path\",\"status\":404,"
                        + "\"detail\":\"paths are told apart by case too\"}",
                answer.body());
    }

    @Test
    void aBugIsCountedAndNotTold() throws IOException {
        HttpAnswer answer = port.ask("GET", "/bug", List.of());
        assertEquals(500, answer.status());
        assertTrue(!answer.body().contains("secret"), answer.body());
        assertEquals(1, port.counters.bugs.sum());
        assertEquals(200, port.ask("GET", "/livez", List.of()).status());
    }

    @Test
    void answersAreCountedByStatus() throws IOException {
        port.ask("GET", "/livez", List.of());
        port.ask("GET", "/other", List.of());
        port.ask("GET", "/another", List.of());
        Map<String, LongAdder> counted = new TreeMap<>(port.counters.apiAnswersByStatus());
        counted.values().removeIf(count -> count.sum() == 0);
        assertEquals("{200=1, 404=2}", counted.toString());
    }

    @Test
    void aSegmentOfThePathMayBeAnything() throws IOException {
        HttpAnswer answer = port.ask("GET", "/say/a%2Fb+%E5%93%88%20", List.of());
        assertEquals("a/b+\u00e5\u0093\u0088 \n", answer.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/form     | application/x-www-form-urlencoded                | a=x+y | 200 | x y",
                "/form     | APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8 | a=1   | 200 | 1",
                "/form?a=2 | application/x-www-form-urlencoded                | b=1   | 200 | 2",
                "/form?a=2 | application/x-www-form-urlencoded                | a=1   | 200 | 1",
                "/form     | application/json                                 | {}    | 415 |",
                "/form     | application/x-www-form-urlencoded                | a=%9  | 400 |",
                "/form?a=% | application/x-www-form-urlencoded                | a=1   | 400 |",
            })
    void takesForms(String target, String type, String body, int status, @Nullable String a)
            throws IOException {
        HttpAnswer answer = port.ask("POST", target, type, body);
        assertEquals(status, answer.status());
        if (a != null) {
            assertEquals(a + "\n", answer.body());
        }
    }

    @Test
    void aFormWithoutABodyIsItsQuery() throws IOException {
        assertEquals("1\n", port.ask("POST", "/form?a=1", List.of()).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"number\":1} | 200 | {\"name\":\"a\",\"number\":1,\"data\":null}",
                "{} | 200 | {\"name\":null,\"number\":null,\"data\":null}",
                "{\"name\":\"\\u2028\"} | 200 | number\":null",
                "{\"nam\":\"a\"} | 400 | unknown field; known are data, name, number",
                "{\"name\":1} | 400 | name has the wrong type",
                "{\"name\":true} | 400 | name has the wrong type",
                "{\"name\":[\"a\"]} | 400 | name has the wrong type",
                "{\"name\":{}} | 400 | name has the wrong type",
                "{\"number\":\"1\"} | 400 | number has the wrong type",
                "{\"number\":1.5} | 400 | number has the wrong type",
                "{\"number\":99999999999} | 400 | number has the wrong type",
                "{\"name\":\"a\",\"name\":\"b\"} | 400 | a field comes twice at line 1, column",
                "{\"name\":\"a\",\"name\":\"b\" | 400 | not JSON at line 1, column",
                "{\"data\":{\"a\":1,\"\\u0061\":2}} | 400 | a field comes twice at line 1, column",
                "{\"name\":\"a\" | 400 | not JSON at line 1, column",
                "{\"name\":\"a\"}} | 400 | not JSON at line 1, column",
                "{\"name\":\"a\"} {} | 400 |",
                "[] | 400 | the body is not one JSON object",
                "\"name\" | 400 | the body is not one JSON object",
                "null | 400 | the body is a JSON object, not null",
                "'' | 400 |",
                "{'a':1} | 400 | not JSON at line 1, column 2",
                "{\"name\":\"\t\"} | 400 | not JSON at line 1, column",
                "{\"name\":NaN} | 400 | not JSON at line 1, column 12",
            })
    void takesJsonStrictly(String body, int status, @Nullable String part) throws IOException {
        HttpAnswer answer = port.ask("POST", "/json", JSON, body);
        assertEquals(status, answer.status(), answer.body());
        assertTrue(part == null || answer.body().contains(part), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"256, 200", "257, 400", "900, 400"})
    void deepJsonIsToldSo(int depth, int status) throws IOException {
        String deep = "{\"data\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        HttpAnswer answer = port.ask("POST", "/json", JSON, deep);
        assertEquals(status, answer.status());
        assertEquals(status == 400, answer.body().contains("nested too deeply"), answer::body);
    }

    @Test
    void anUnknownFieldThatIsTooDeepIsToldSoToo() throws IOException {
        String deep = "{\"other\":" + "[".repeat(300) + "]".repeat(300) + "}";
        HttpAnswer answer = port.ask("POST", "/json", JSON, deep);
        assertTrue(answer.body().contains("nested too deeply"), answer::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", FORM, "multipart/form-data; boundary=x"})
    void jsonMustSayThatItIs(String type) throws IOException {
        assertEquals(415, port.ask("POST", "/json", type, "{}").status());
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 413", "1000000, 413"})
    void aBodyHasABound(int over, int status) throws IOException {
        String body = "a=" + "x".repeat(ApiPort.MAX_BODY_BYTES - 2 + over);
        assertEquals(status, port.ask("POST", "/form", FORM, body).status());
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 413"})
    void aBodyOfUnknownLengthHasTheSameBound(int over, int status) throws IOException {
        String body = "a=" + "x".repeat(ApiPort.MAX_BODY_BYTES - 2 + over);
        String chunked = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
        try (RawClient client = RawClient.connect(port.port())) {
            List<String> headers =
                    List.of(
                            "Host: " + client.host(),
                            "Content-Type: " + FORM,
                            "Transfer-Encoding: chunked");
            client.send(RawClient.request("POST /form HTTP/1.1", headers));
            client.send(chunked.getBytes(StandardCharsets.US_ASCII));
            assertEquals(status, client.readAnswer("POST").status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7fffffffff", "80000000", "ffffffff"})
    void aChunkOfMoreThanThereMayBeIsTooLarge(String size) throws IOException {
        try (RawClient client = RawClient.connect(port.port())) {
            List<String> headers =
                    List.of(
                            "Host: " + client.host(),
                            "Content-Type: " + FORM,
                            "Transfer-Encoding: chunked");
            client.send(RawClient.request("POST /form HTTP/1.1", headers));
            client.send((size + "\r\na=1\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals(size.length() > 8 ? 400 : 413, client.readAnswer("POST").status());
            client.expectEnd();
        }
        assertEquals(0, port.counters.bugs.sum());
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (RawClient client = RawClient.connect(port.port())) {
            for (int i = 0; i < 3; i++) {
                String line = "GET /say/" + i + " HTTP/1.1";
                client.send(RawClient.request(line, List.of("Host: " + client.host())));
                assertEquals(i + "\n", client.readAnswer("GET").body());
            }
        }
    }

    /// After ten seconds for each; the server looks at the clock every second.
    @Test
    void whoIsSlowWithAHeadOrABodyIsToldSo() throws IOException {
        try (RawClient head = RawClient.connect(port.port());
                RawClient body = RawClient.connect(port.port())) {
            head.send("GET /livez HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
            List<String> headers =
                    List.of("Host: " + body.host(), "Content-Type: " + FORM, "Content-Length: 100");
            body.send(RawClient.request("POST /form HTTP/1.1", headers));
            body.send("a=".getBytes(StandardCharsets.US_ASCII));
            for (RawClient slow : List.of(head, body)) {
                assertEquals(408, slow.readAnswer("POST").status());
                slow.expectEnd();
            }
        }
        assertEquals(200, port.ask("GET", "/livez", List.of()).status());
        assertEquals(0, port.counters.bugs.sum());
    }
}
