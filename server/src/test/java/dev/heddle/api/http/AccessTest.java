package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpAnswer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

class AccessTest {
    private static final String KEY = "correct-horse-battery-staple";
    private static final List<Route> ROUTES =
            List.of(
                    Route.get("/it", _ -> Answer.text(200, "it")),
                    Route.post("/it", _ -> Answer.text(200, "done")),
                    Route.put("/other/{one}", _ -> Answer.text(200, "put")),
                    Route.open("/livez", _ -> Answer.text(200, "alive")));

    private static ApiPort withKey;
    private static ApiPort withoutKey;

    @BeforeAll
    static void start() throws IOException {
        withKey = new ApiPort(KEY, List.of("https://chat.example"), ROUTES);
        withoutKey = new ApiPort("", List.of("https://chat.example"), ROUTES);
    }

    @AfterAll
    static void stop() {
        withKey.close();
        withoutKey.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-API-Key: correct-horse-battery-staple            | 200",
                "x-api-key: correct-horse-battery-staple            | 200",
                "Authorization: Bearer correct-horse-battery-staple | 200",
                "Authorization: bearer correct-horse-battery-staple | 200",
                "X-Other: correct-horse-battery-staple              | 401",
                "X-API-Key:                                         | 401",
                "X-API-Key: correct-horse-battery-stapl             | 401",
                "X-API-Key: correct-horse-battery-staple1           | 401",
                "X-API-Key: Correct-horse-battery-staple            | 401",
                "Authorization: Basic correct-horse-battery-staple  | 401",
                "Authorization: Bearer                              | 401",
                "Authorization: correct-horse-battery-staple        | 401",
            })
    void theKeyLetsIn(String header, int status) throws IOException {
        HttpAnswer answer = withKey.ask("GET", "/it", List.of(header));
        assertEquals(status, answer.status());
        assertFalse(answer.toString().contains("horse"));
        assertEquals(
                status == 401 ? "Bearer realm=\"heddle\"" : "", answer.header("WWW-Authenticate"));
    }

    @Test
    void withoutTheKeyNobodyLearnsWhatPathsThereAre() throws IOException {
        assertEquals(401, withKey.ask("GET", "/other", List.of()).status());
        assertEquals(401, withKey.ask("PUT", "/it", List.of()).status());
    }

    @Test
    void probesHaveNoKeyAndAskForAnyHost() throws IOException {
        assertEquals(200, withKey.ask("GET", "/livez", List.of()).status());
        assertEquals(200, withoutKey.ask("GET", "/livez", List.of("Host: pod.example")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8081, 200",
        "127.0.0.1, 200",
        "127.1.2.3:1, 200",
        "[::1]:8081, 200",
        "[::1], 200",
        "rebound.example, 421",
        "rebound.example:8081, 421",
        "localhost.example, 421",
        "127.0.0.1.example, 421",
        "10.0.0.1, 421",
        "[::2], 421",
        "'', 400",
    })
    void withoutAKeyAnotherHostIsAReboundName(String host, int status) throws IOException {
        assertEquals(status, withoutKey.ask("GET", "/it", List.of("Host: " + host)).status());
        String key = "X-API-Key: " + KEY;
        int withKeyStatus = host.isEmpty() ? 400 : 200;
        assertEquals(
                withKeyStatus, withKey.ask("GET", "/it", List.of("Host: " + host, key)).status());
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example, 200, https://chat.example",
        "http://localhost:1, 200, ''",
        "https://localhost:1, 200, ''",
        "http://chat.example, 403, ''",
        "https://chat.example:8443, 403, ''",
        "https://evil.example, 403, ''",
        "http://localhost:2, 403, ''",
        "null, 403, ''",
        "'', 403, ''",
    })
    void pagesOfConfiguredOriginsMayCall(String origin, int status, String allowed)
            throws IOException {
        List<String> headers = List.of("Host: localhost:1", "Origin: " + origin);
        for (String method : List.of("GET", "POST")) {
            HttpAnswer answer = withoutKey.ask(method, "/it", headers);
            assertEquals(status, answer.status());
            assertEquals(allowed, answer.header("Access-Control-Allow-Origin"));
            assertEquals("Origin", answer.header("Vary"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Chat.Example, 200",
        "https://chat.example/, 200",
        "https://chat.example:443, 200",
        "http://LocalHost:1, 200",
        "http://localhost:1/, 200",
        "https://localhost:1/, 200",
        "https://chat.example//, 403",
        "https://chat.example/a, 403",
        "https://chat.example., 403",
        "https://chat.example.evil.example, 403",
    })
    void aPagesOriginIsComparedWithoutCaseAndFinalSlash(String origin, int status)
            throws IOException {
        List<String> headers = List.of("Host: localhost:1", "Origin: " + origin);
        assertEquals(status, withoutKey.ask("GET", "/it", headers).status());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1, http://localhost:1/it, 200",
        "http://evil.example, http://evil.example/it, 421",
        "http://localhost:2, http://localhost:1/it, 403",
    })
    void theTargetsAuthorityWinsOverHost(String origin, String target, int status)
            throws IOException {
        List<String> headers = List.of("Host: localhost:2", "Origin: " + origin);
        assertEquals(status, withoutKey.ask("GET", target, headers).status());
    }

    @Test
    void thereIsOneHost() throws IOException {
        List<String> twice = List.of("Host: localhost:1", "Host: localhost:1");
        for (ApiPort port : List.of(withKey, withoutKey)) {
            HttpAnswer answer = port.ask("GET", "/livez", twice);
            assertEquals(400, answer.status());
            assertEquals("application/problem+json", answer.header("Content-Type"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, navigate, document, GET, 200",
        "same-site, navigate, document, GET, 200",
        "cross-site, navigate, document, HEAD, 200",
        "cross-site, navigate, document, POST, 403",
        "cross-site, navigate, iframe, GET, 403",
        "cross-site, navigate, frame, GET, 403",
        "cross-site, navigate, object, GET, 403",
        "cross-site, navigate, embed, GET, 403",
        "cross-site, navigate, fencedframe, GET, 403",
        "same-site, navigate, iframe, GET, 403",
        "cross-site, no-cors, image, GET, 403",
        "cross-site, no-cors, empty, GET, 403",
        "cross-site, no-cors, document, GET, 403",
        "cross-site, cors, empty, GET, 403",
        "cross-site, websocket, empty, GET, 403",
        "same-origin, navigate, iframe, GET, 200",
        "same-origin, cors, empty, GET, 200",
        "none, navigate, document, GET, 200",
    })
    void fromOtherSitesOneComesByALinkAndForADocumentAlone(
            String site, String mode, String destination, String method, int status)
            throws IOException {
        List<String> headers =
                List.of(
                        "Sec-Fetch-Site: " + site,
                        "Sec-Fetch-Mode: " + mode,
                        "Sec-Fetch-Dest: " + destination);
        assertEquals(status, withoutKey.ask(method, "/it", headers).status());
    }

    @Test
    void noAnswerIsShownInAFrame() throws IOException {
        for (String target : List.of("/it", "/livez", "/nothing")) {
            HttpAnswer answer = withoutKey.ask("GET", target, List.of());
            assertEquals("DENY", answer.header("X-Frame-Options"));
            String policy = answer.header("Content-Security-Policy");
            assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        }
    }

    @Test
    void aPageMayReadWhyItWasRefusedToo() throws IOException {
        HttpAnswer answer = withKey.ask("GET", "/it", List.of("Origin: https://chat.example"));
        assertEquals(401, answer.status());
        assertEquals("https://chat.example", answer.header("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @CsvSource({"https://chat.example, 204", "https://evil.example, 403"})
    void aBrowserAsksBeforeItSendsAKey(String origin, int status) throws IOException {
        List<String> headers =
                List.of(
                        "Origin: " + origin,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: x-api-key");
        HttpAnswer answer = withKey.ask("OPTIONS", "/it", headers);
        assertEquals(status, answer.status());
        if (status == 204) {
            assertEquals(origin, answer.header("Access-Control-Allow-Origin"));
            assertEquals("GET, HEAD, POST, PUT", answer.header("Access-Control-Allow-Methods"));
            List<String> allowed =
                    Arrays.asList(answer.header("Access-Control-Allow-Headers").split(", "));
            assertEquals(List.of("Content-Type", "Authorization", "X-API-Key"), allowed);
        }
    }

    @Test
    void optionsThatAskNothingAreAMethodLikeAnyOther() throws IOException {
        assertEquals(405, withoutKey.ask("OPTIONS", "/it", List.of()).status());
    }

    @Test
    void withoutConfiguredOriginsNothingIsSaidOfThem() throws IOException {
        try (ApiPort port = new ApiPort("", List.of(), ROUTES)) {
            HttpAnswer answer = port.ask("GET", "/it", List.of());
            assertEquals("", answer.header("Vary"));
            assertEquals("", answer.header("Access-Control-Allow-Origin"));
        }
    }
}
