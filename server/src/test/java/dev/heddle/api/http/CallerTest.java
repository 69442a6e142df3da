package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// HTTP as the internal port speaks it, over raw sockets.
class CallerTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final byte[] COUNT_TO_THREE =
            "one\ntwo\nthree\n".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private ApiPort port;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        List<Route> routes =
                List.of(
                        Route.get("/it", _ -> Answer.text(200, "it")),
                        Route.post("/it", _ -> Answer.text(200, "done")),
                        Route.post(
                                "/form",
                                call -> Answer.text(200, call.form().find("a").orElse("nothing"))),
                        Route.delete("/nothing", _ -> Answer.empty()),
                        Route.get(
                                "/stream",
                                _ -> Answer.stream("text/plain", out -> out.write(COUNT_TO_THREE))),
                        Route.get("/fails", _ -> fail()),
                        Route.get("/half", _ -> Answer.stream("text/plain", out -> half(out))),
                        Route.get("/wait", _ -> sleep()).watched());
        port = new ApiPort("", List.of(), routes);
        client = RawClient.connect(port.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        port.close();
    }

    private Answer sleep() throws IOException {
        waiting.countDown();
        try {
            TimeUnit.HOURS.sleep(1);
            return Answer.empty();
        } catch (InterruptedException gone) {
            interrupted.countDown();
            throw new IOException(gone);
        }
    }

    private static Answer fail() throws IOException {
        throw new IOException("the disk is full");
    }

    private static void half(OutputStream out) throws IOException {
        out.write(COUNT_TO_THREE);
        out.flush();
        fail();
    }

    /// Goes on until it is told to end, however often it is interrupted.
    private static Answer heedNothing(CountDownLatch atWork, CountDownLatch end) {
        atWork.countDown();
        boolean isOver = false;
        while (!isOver) {
            try {
                end.await();
                isOver = true;
            } catch (InterruptedException ignored) {
                isOver = false;
            }
        }
        return Answer.empty();
    }

    private void ask(String line, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addFirst("Host: " + client.host());
        client.send(RawClient.request(line, all));
    }

    private void sendRaw(String text) throws IOException {
        client.send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String header(int bytes) {
        return "X-A: " + "a".repeat(bytes - 5);
    }

    /// What a request gets that breaks a rule: an answer that a program understands, which is
    /// counted, and the end of the connection.
    private void requireProblem(int status) throws IOException {
        HttpAnswer answer = client.readAnswer("GET");
        assertEquals(status, answer.status(), answer::toString);
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals("close", answer.header("Connection"));
        assertEquals("DENY", answer.header("X-Frame-Options"));
        var problem = new JsonMapper().readTree(answer.body());
        assertEquals(status, problem.get("status").asInt());
        assertTrue(problem.get("type").asText().startsWith("urn:heddle:problem:"));
        client.expectEnd();
        String counted = port.counters.apiAnswersByStatus().toString();
        assertTrue(counted.contains(status + "=1"), counted);
    }

    @ParameterizedTest
    @CsvSource({"100, 431", "200, 431", "201, 431", "2000, 431"})
    void tooManyHeadersAreToldSo(int count, int status) throws IOException {
        String[] headers = new String[count];
        Arrays.setAll(headers, i -> "X-" + i + ": 1");
        ask("GET /it HTTP/1.1", headers);
        requireProblem(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 100_000, 389_120, 500_000})
    void aHeadThatIsTooLargeIsToldSo(int bytes) throws IOException {
        ask("GET /it HTTP/1.1", header(bytes));
        requireProblem(431);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 400_000})
    void aTargetThatIsTooLongIsToldSo(int bytes) throws IOException {
        ask("GET /" + "a".repeat(bytes) + " HTTP/1.1");
        requireProblem(414);
    }

    @Test
    void aHeadMayHaveSixteenKilobytesAndAHundredHeaders() throws IOException {
        ask("GET /it HTTP/1.1", header(16_000));
        assertEquals(200, client.readAnswer("GET").status());
        String[] headers = new String[99];
        Arrays.fill(headers, "X-A: 1");
        ask("GET /it HTTP/1.1", headers);
        assertEquals(200, client.readAnswer("GET").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET it HTTP/1.1",
                "GET /it#x HTTP/1.1",
                "GET /it%zz HTTP/1.1",
                "GET  /it HTTP/1.1",
                "GET /it",
                "GET http://a@b/it HTTP/1.1",
                "GET ftp://a/it HTTP/1.1",
                "CONNECT a:1 HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "G(T /it HTTP/1.1",
                "GET /it HTTP/1.10",
            })
    void aBadRequestLineIsToldSo(String line) throws IOException {
        ask(line);
        requireProblem(400);
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.2, 505", "HTTP/2.0, 505", "HTTP/0.9, 505"})
    void anotherVersionIsToldSo(String version, int status) throws IOException {
        ask("GET /it " + version);
        requireProblem(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 5, 5 | 400",
                "Content-Length: -1 | 400",
                "Content-Length: +5 | 400",
                "Content-Length: 5 5 | 400",
                "Content-Length: x | 400",
                "Content-Length: | 400",
                "Content-Length: 99999999999999999999 | 413",
                "Content-Length: 2001 | 413",
                "Transfer-Encoding: gzip | 501",
                "Transfer-Encoding: gzip, chunked | 501",
                "Transfer-Encoding: chunked, gzip | 400",
                "Host: localhost | 400",
                "X A: 1 | 400",
                "X-A : 1 | 400",
                "X-A | 400",
                "Origin: a\\r\\nOrigin: a | 400",
                "X-A: 1\\nX-B: 2 | 400",
                "Content-Length: 5\\r\\nContent-Length: 5 | 400",
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked | 400",
            })
    void aBadHeaderIsToldSo(String header, int status) throws IOException {
        ask("POST /form HTTP/1.1", FORM, header.replace("\\r", "\r").replace("\\n", "\n"));
        requireProblem(status);
    }

    @Test
    void aRequestWithoutAHostIsToldSo() throws IOException {
        sendRaw("GET /it HTTP/1.1\r\n\r\n");
        requireProblem(400);
    }

    @Test
    void bytesThatAreNoHttpAreToldSo() throws IOException {
        sendRaw("\u0016\u0003\u0001\u0002\0\u0001\0\u0001");
        requireProblem(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 a=1 0 | 1",
                "003 a=1 00 | 1",
                "1 a 1 = 1 1 0 | 1",
                "3;x=\"y;z\" a=1 0;x | 1",
                "3 ;x a=1 0 X-Trailer:_1 | 1",
                "0 | nothing",
            })
    void aBodyMayComeInChunks(String chunks, String a) throws IOException {
        ask("POST /form HTTP/1.1", FORM, "Transfer-Encoding: chunked");
        sendRaw(chunks.replace(" ;", "_;").replace(" ", "\r\n").replace('_', ' ') + "\r\n\r\n");
        assertEquals(a + "\n", client.readAnswer("POST").body());
        ask("GET /it HTTP/1.1");
        assertEquals("it\n", client.readAnswer("GET").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\n",
                "-1\r\na\r\n",
                "+3\r\na=1\r\n0\r\n\r\n",
                "\r\n",
                " 3\r\na=1\r\n0\r\n\r\n",
                "3x\r\na=1\r\n0\r\n\r\n",
                "3\na=1\n0\n\n",
                "3\r\na=1\n0\r\n\r\n",
                "3\r\na=12\r\n0\r\n\r\n",
                "3;\u0001\r\na=1\r\n0\r\n\r\n",
                "3;x\rz\r\na=1\r\n0\r\n\r\n",
                "000000003\r\na=1\r\n0\r\n\r\n",
            })
    void aMalformedChunkIsToldSo(String body) throws IOException {
        ask("POST /form HTTP/1.1", FORM, "Transfer-Encoding: chunked");
        sendRaw(body);
        requireProblem(400);
    }

    @Test
    void whatAChunkSaysBesideItsSizeIsBounded() throws IOException {
        ask("POST /form HTTP/1.1", FORM, "Transfer-Encoding: chunked");
        sendRaw("3;" + "x".repeat(2_000));
        requireProblem(400);
    }

    @Test
    void aBodyIsAskedForOnlyWhenItIsWanted() throws IOException {
        ask("POST /form HTTP/1.1", FORM, "Content-Length: 3", "Expect: 100-continue");
        assertEquals(100, client.readAnswer("POST").status());
        sendRaw("a=1");
        assertEquals("1\n", client.readAnswer("POST").body());

        ask("POST /form HTTP/1.1", FORM, "Content-Length: 9000", "Expect: 100-continue");
        requireProblem(413);
    }

    @Test
    void whoSendsTheBodyAnywayIsNotAskedForIt() throws IOException {
        client.send(
                RawClient.request(
                        "POST /form HTTP/1.1",
                        List.of(
                                "Host: " + client.host(),
                                FORM,
                                "Content-Length: 3",
                                "Expect: 100-continue",
                                "",
                                "a=1")));
        assertEquals("1\n", client.readAnswer("POST").body());
    }

    @Test
    void aBodyThatNobodyHasReadEndsTheConnectionAfterItsAnswer() throws IOException {
        ask("POST /it HTTP/1.1", "Content-Length: 200000");
        sendRaw("GET /it HTTP/1.1\r\n".repeat(10_000));
        HttpAnswer answer = client.readAnswer("POST");
        assertEquals("done\n", answer.body());
        assertEquals("close", answer.header("Connection"));
        client.expectEnd();
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        client.send(
                ("POST /form HTTP/1.1\r\nHost: localhost\r\n"
                                + FORM
                                + "\r\nContent-Length: 3\r\n\r\na=1"
                                + "GET /it HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                + "DELETE /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                + "HEAD /it HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                + "GET /it HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        assertEquals("1\n", client.readAnswer("POST").body());
        assertEquals("it\n", client.readAnswer("GET").body());
        HttpAnswer empty = client.readAnswer("DELETE");
        assertEquals(204, empty.status());
        assertEquals("", empty.header("Content-Length"));
        assertEquals("3", client.readAnswer("HEAD").header("Content-Length"));
        assertEquals("it\n", client.readAnswer("GET").body());
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.0, close", "HTTP/1.1, close"})
    void closesWhenItIsAskedTo(String version, String connection) throws IOException {
        ask("GET /it " + version, "Connection: close");
        HttpAnswer answer = client.readAnswer("GET");
        assertEquals("it\n", answer.body());
        assertEquals(connection, answer.header("Connection"));
        client.expectEnd();
    }

    @Test
    void http10IsServedWithoutAHostAndClosed() throws IOException {
        sendRaw("GET /it HTTP/1.0\r\n\r\n");
        HttpAnswer answer = client.readAnswer("GET");
        assertEquals("it\n", answer.body());
        assertEquals("close", answer.header("Connection"));
        client.expectEnd();
    }

    @Test
    void http10IsKeptWhereThatIsAskedFor() throws IOException {
        for (int i = 0; i < 3; i++) {
            ask("GET /it HTTP/1.0", "Connection: Keep-Alive");
            HttpAnswer answer = client.readAnswer("GET");
            assertEquals("it\n", answer.body());
            assertEquals("keep-alive", answer.header("Connection"));
        }
    }

    @Test
    void aStreamComesInChunksAndTheConnectionStays() throws IOException {
        ask("GET /stream HTTP/1.1");
        ask("GET /it HTTP/1.1", "Connection: close");
        String all = client.readToEnd();
        assertTrue(all.contains("Transfer-Encoding: chunked\r\n"), all);
        assertTrue(all.contains("\r\n\r\n000e\r\none\ntwo\nthree\n\r\n0\r\n\r\nHTTP/1.1 200"), all);
    }

    @Test
    void aStreamToHttp10EndsWithTheConnection() throws IOException {
        ask("GET /stream HTTP/1.0", "Connection: keep-alive");
        String all = client.readToEnd();
        assertFalse(all.contains("Transfer-Encoding"), all);
        assertTrue(all.contains("Connection: close\r\n"), all);
        assertTrue(all.endsWith("\r\n\r\none\ntwo\nthree\n"), all);
    }

    @Test
    void everyAnswerHasADate() throws IOException {
        for (String target : List.of("/it", "/other")) {
            ask("GET " + target + " HTTP/1.1");
            assertTrue(client.readAnswer("GET").header("Date").endsWith(" GMT"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHandlerThatIsWatchedEndsWhenItsCallerIsGone(boolean byReset) throws Exception {
        ask("GET /wait HTTP/1.1");
        assertTrue(waiting.await(60, TimeUnit.SECONDS));
        if (byReset) {
            client.abort();
        } else {
            client.close();
        }
        assertTrue(interrupted.await(60, TimeUnit.SECONDS));
        assertEquals(0, port.counters.bugs.sum());
    }

    @Test
    void aHandlerThatFailsIsABugAndTheConnectionStays() throws IOException {
        ask("GET /fails HTTP/1.1");
        HttpAnswer answer = client.readAnswer("GET");
        assertEquals(500, answer.status());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertEquals(1, port.counters.bugs.sum());
        String counted = port.counters.apiAnswersByStatus().toString();
        assertTrue(counted.contains("500=1"), counted);
        ask("GET /it HTTP/1.1");
        assertEquals(200, client.readAnswer("GET").status());
    }

    @Test
    void aStreamThatFailsIsABugAndIsSeenToBeCut() throws IOException {
        ask("GET /half HTTP/1.1");
        String all = client.readToEnd();
        assertTrue(all.contains("three\n"), all);
        assertFalse(all.endsWith("0\r\n\r\n"), all);
        assertEquals(1, port.counters.bugs.sum());
    }

    @Test
    void aCallerThatBreaksOffItsBodyIsNoBug() throws IOException {
        ask("POST /form HTTP/1.1", "Content-Length: 10", FORM);
        sendRaw("a=");
        client.endOutput();
        client.expectEnd();
        assertEquals(0, port.counters.bugs.sum());
    }

    @Test
    void closingWaitsForAllHandlersTogetherAndNotForOneAfterTheOther() throws Exception {
        int callers = 100;
        CountDownLatch atWork = new CountDownLatch(callers);
        CountDownLatch end = new CountDownLatch(1);
        List<Route> routes = List.of(Route.get("/deaf", _ -> heedNothing(atWork, end)));
        try (ApiPort deaf = new ApiPort("", List.of(), routes)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                RawClient next = RawClient.connect(deaf.port());
                clients.add(next);
                next.send(RawClient.request("GET /deaf HTTP/1.1", List.of("Host: " + next.host())));
            }
            atWork.await();
            long begunNanos = System.nanoTime();
            deaf.close(Duration.ofMillis(200));
            long seconds = (System.nanoTime() - begunNanos) / 1_000_000_000;
            assertTrue(seconds < 10, "as long as for fifty: " + seconds + " s");
            for (RawClient each : clients) {
                each.close();
            }
        } finally {
            end.countDown();
        }
    }

    @Test
    void closingThePortEndsHandlersAndConnections() throws Exception {
        ask("GET /wait HTTP/1.1");
        assertTrue(waiting.await(60, TimeUnit.SECONDS));
        try (RawClient idle = RawClient.connect(port.port())) {
            idle.send(RawClient.request("GET /it HTTP/1.1", List.of("Host: " + idle.host())));
            assertEquals(200, idle.readAnswer("GET").status());
            port.close();
            idle.readToEnd();
        }
        assertTrue(interrupted.await(60, TimeUnit.SECONDS));
    }
}
