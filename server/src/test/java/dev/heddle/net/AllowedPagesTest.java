package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.LogLines;
import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Which web pages, and by which names, get in when the operator says so.
class AllowedPagesTest {

    private static Heddle start(String variable, String text) throws IOException {
        return Heddle.start(TestServer.configured(Map.of(variable, text)));
    }

    /// What an opening handshake gets that has these lines in place of its own.
    private static HttpAnswer handshake(Heddle server, String line, String... changed)
            throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            Stream<String> kept =
                    client.upgradeHeaders().stream()
                            .filter(
                                    header ->
                                            Stream.of(changed)
                                                    .noneMatch(each -> isSame(each, header)));
            List<String> headers = Stream.concat(kept, Stream.of(changed)).toList();
            client.send(RawClient.request(line, headers));
            return client.readAnswer("GET");
        }
    }

    private static boolean isSame(String line, String other) {
        return line.substring(0, line.indexOf(':')).equals(other.substring(0, other.indexOf(':')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                    | null                 | 101",
                "*                    | https://evil.example | 101",
                "*                    | 127.0.0.1            | 101",
                "null                 | null                 | 101",
                "null                 | https://evil.example | 403",
                "null                 | file://              | 403",
                "https://a.example    | https://a.example    | 101",
                "https://a.example    | HTTPS://A.example/   | 101",
                "https://a.example    | https://a.example:443 | 101",
                "https://a.example    | null                 | 403",
                "https://a.example,null | null               | 101",
            })
    void allowOriginTakesEveryPageAndPagesWithoutOriginOnPurpose(
            String allowed, String origin, int status) throws IOException {
        try (Heddle server = start("HEDDLE_ALLOW_ORIGIN", allowed)) {
            assertEquals(
                    status, handshake(server, "GET /ws HTTP/1.1", "Origin: " + origin).status());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://evil.example  | allow-origin: \"https://evil.example\"",
                "HTTPS://Evil.example/ | allow-origin: \"https://evil.example\"",
                "null                  | allow-origin: \"null\"",
                "127.0.0.1             | allow-origin: \"*\"",
                "http://a b            | allow-origin: \"*\"",
            })
    void aRefusedPageIsLoggedWithTheSettingThatWouldLetItIn(String origin, String setting)
            throws IOException {
        try (LogLines log = new LogLines();
                Heddle server = start("HEDDLE_ALLOW_ORIGIN", "https://a.example")) {
            for (int i = 0; i < 20; i++) {
                HttpAnswer answer = handshake(server, "GET /ws HTTP/1.1", "Origin: " + origin);
                assertEquals(403, answer.status());
            }
            String lines = String.join("\n", log.all());
            assertTrue(lines.contains("would let it in: " + setting), lines);
            assertEquals(1, lines.lines().filter(line -> line.contains("web page")).count());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.example      | 101",
                "chat.example:8080 | 101",
                "CHAT.example      | 101",
                "127.0.0.1         | 101",
                "[::1]:8080        | 101",
                "evil.example      | 421",
                "evil.example:80   | 421",
                "chat.example.evil.example | 421",
                "xchat.example     | 421",
                "chat.example.     | 421",
                "127.0.0.2         | 421",
                "localhost         | 421",
            })
    void aNameThatTheServerDoesNotGoByIsRefused(String host, int status) throws IOException {
        try (LogLines log = new LogLines();
                Heddle server = start("HEDDLE_ALLOW_HOST", "Chat.example, 127.0.0.1, ::1")) {
            String[] headers = {"Host: " + host, "Origin: http://" + host};
            assertEquals(status, handshake(server, "GET /ws HTTP/1.1", headers).status());
            String elsewhere = "GET http://" + host + "/ws HTTP/1.1";
            assertEquals(
                    status,
                    handshake(server, elsewhere, "Host: chat.example", headers[1]).status());
            assertEquals(
                    status == 101 ? 200 : 421,
                    handshake(server, "GET / HTTP/1.1", "Host: " + host).status());
            String lines = String.join("\n", log.all());
            assertEquals(status == 421, lines.contains("would let it in: allow-host: \""), lines);
        }
    }

    @Test
    void withoutAllowHostAnyNameGetsInAndSoDoesAClientWithoutOne() throws IOException {
        try (Heddle server = start("HEDDLE_ALLOW_HOST", "")) {
            assertEquals(101, handshake(server, "GET /ws HTTP/1.1", "Host: any.example").status());
        }
        try (Heddle server = start("HEDDLE_ALLOW_HOST", "chat.example");
                RawClient client = RawClient.connect(server.port())) {
            client.send(RawClient.request("GET / HTTP/1.0", List.of("X-A: 1")));
            assertEquals(200, client.readAnswer("GET").status());
        }
    }
}
