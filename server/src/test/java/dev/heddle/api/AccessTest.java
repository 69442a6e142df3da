package dev.heddle.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
        "'', 421",
    })
    void withoutAKeyAnotherHostIsAReboundName(String host, int status) throws IOException {
        assertEquals(status, withoutKey.ask("GET", "/it", List.of("Host: " + host)).status());
        String key = "X-API-Key: " + KEY;
        assertEquals(200, withKey.ask("GET", "/it", List.of("Host: " + host, key)).status());
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
            assertEquals("GET, POST, DELETE", answer.header("Access-Control-Allow-Methods"));
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
