package dev.heddle.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Settings;
import dev.heddle.config.Subprotocols;
import dev.heddle.http.HeadLimits;
import dev.heddle.http.HeadReader;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

class HandshakeTest {
    private static final BufferPool BUFFERS = new BufferPool(16 * 1024, 1);
    private static final Origins OWN = new Origins(List.of(), List.of());
    private static final Origins ALLOWED =
            new Origins(
                    List.of("https://allowed.example", "https://allowed.example:8443"), List.of());

    /// A right request of which one header has this value; none when it is `null`.
    private static RequestHead head(String name, String value) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "example.com");
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put(name, value);
        StringBuilder text = new StringBuilder("GET /ws HTTP/1.1\r\n");
        headers.forEach((n, v) -> text.append(v == null ? "" : n + ": " + v + "\r\n"));
        byte[] bytes = text.append("\r\n").toString().getBytes(ISO_8859_1);
        try (HeadReader reader =
                new HeadReader(
                        new ByteArrayInputStream(bytes),
                        BUFFERS,
                        BUFFERS,
                        HeadLimits.of(Settings.defaults().limits()))) {
            return Objects.requireNonNull(reader.read());
        }
    }

    private static Outcome decide(RequestHead head, Subprotocols spoken) {
        return Handshake.decide(head, "http", OWN, spoken);
    }

    private static Outcome decide(String name, String value) throws Exception {
        return decide(head(name, value), Subprotocols.NONE);
    }

    @Test
    void acceptsTheExampleOfTheRfcWithItsAnswer() throws Exception {
        Outcome outcome = decide("X-Other", "1");
        Accepted accepted = assertInstanceOf(Accepted.class, outcome);
        assertEquals(
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r
                """,
                new String(accepted.response(), US_ASCII));
    }

    @Test
    void answersEachKeyWithItsOwnHashThoughManyThreadsAsk() {
        List<String> keys =
                IntStream.range(0, 2000)
                        .mapToObj(
                                i ->
                                        HexFormat.of()
                                                .formatHex(new byte[] {(byte) (i >> 8), (byte) i}))
                        .map(
                                hex ->
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        (hex + "x".repeat(12)).getBytes(US_ASCII)))
                        .toList();
        List<String> expected = keys.stream().map(HandshakeTest::hash).toList();
        assertEquals(expected, keys.parallelStream().map(HandshakeTest::answer).toList());
    }

    /// RFC 6455, section 4.2.2, step 5.4.
    private static String hash(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String answer(String key) {
        try {
            Accepted accepted = (Accepted) decide("Sec-WebSocket-Key", key);
            String response = new String(accepted.response(), US_ASCII);
            return response.strip().substring(response.strip().lastIndexOf(' ') + 1);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, WebSocket",
        "Upgrade, 'h2c, websocket'",
        "Upgrade, WEBSOCKET",
        "Connection, upgrade",
        "Connection, 'keep-alive, Upgrade'",
        "Connection, 'keep-alive,Upgrade,x'",
        "Connection, ', ,Upgrade,'",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Key, /+/+/+/+/+/+/+/+/+/+/w==",
        "Sec-WebSocket-Extensions, 'constructor, ;;'",
        "Sec-WebSocket-Protocol, chat",
        "Origin, http://example.com",
    })
    void acceptsWhatTheRfcAllows(String name, String value) throws Exception {
        assertInstanceOf(Accepted.class, decide(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, , UPGRADE_LOST",
        "Upgrade, websocketx, NO_UPGRADE",
        "Upgrade, 'web socket', NO_UPGRADE",
        "Upgrade, '', NO_UPGRADE",
        "Connection, , NO_CONNECTION_UPGRADE",
        "Connection, close, NO_CONNECTION_UPGRADE",
        "Connection, upgrades, NO_CONNECTION_UPGRADE",
        "Connection, 'keep-alive Upgrade', NO_CONNECTION_UPGRADE",
        "Sec-WebSocket-Version, , WRONG_VERSION",
        "Sec-WebSocket-Version, '', WRONG_VERSION",
        "Sec-WebSocket-Version, 12, WRONG_VERSION",
        "Sec-WebSocket-Version, 8, WRONG_VERSION",
        "Sec-WebSocket-Version, 013, WRONG_VERSION",
        "Sec-WebSocket-Version, '13, 8', WRONG_VERSION",
        "Sec-WebSocket-Version, '13, 13', WRONG_VERSION",
        "Sec-WebSocket-Key, , BAD_KEY",
        "Sec-WebSocket-Key, '', BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAA, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAA=, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAA, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAAA=, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAAAA, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAAAAAA==, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAA-AAAAAAAAAA==, BAD_KEY",
        "Sec-WebSocket-Key, AAAAAAAAAAA AAAAAAAAAA==, BAD_KEY",
        "Sec-WebSocket-Key, ========================, BAD_KEY",
        "Origin, http://evil.example, ORIGIN_NOT_ALLOWED",
    })
    void rejectsWhatBreaksARule(String name, String value, Rejection rejection) throws Exception {
        assertEquals(rejection, decide(name, value));
    }

    /// What is agreed on of `chat` and `graphql-transport-ws`: `-` is nothing.
    @ParameterizedTest
    @CsvSource({
        ", -",
        "'', -",
        "chat, chat",
        "graphql-transport-ws, graphql-transport-ws",
        "'other, chat', chat",
        "'graphql-transport-ws, chat', graphql-transport-ws",
        "'chat, graphql-transport-ws', chat",
        "'chat,chat', chat",
        "' \t,, chat\t,', chat",
        "other, -",
        "CHAT, -",
        "chats, -",
        "'chat;q=1', BAD_SUBPROTOCOLS",
        "'chat graphql-transport-ws', BAD_SUBPROTOCOLS",
        "'chat, a b', BAD_SUBPROTOCOLS",
        "'\"chat\"', BAD_SUBPROTOCOLS",
        "'chat, caf\u00e9', BAD_SUBPROTOCOLS",
    })
    void agreesOnTheFirstOfferedSubprotocolThatIsSpoken(String offered, String result)
            throws Exception {
        Subprotocols spoken = Subprotocols.optional("graphql-transport-ws", "chat");
        Subprotocols required = Subprotocols.mandatory("graphql-transport-ws", "chat");
        RequestHead head = head("Sec-WebSocket-Protocol", offered);
        Outcome outcome = decide(head, spoken);
        if (result.startsWith("BAD")) {
            assertEquals(Rejection.BAD_SUBPROTOCOLS, outcome);
            assertEquals(outcome, decide(head, required));
        } else if (result.equals("-")) {
            assertAgreed(Optional.empty(), outcome);
            assertEquals(Rejection.NO_SUBPROTOCOL, decide(head, required));
        } else {
            assertAgreed(Optional.of(result), outcome);
            assertAgreed(Optional.of(result), decide(head, required));
        }
        assertAgreed(Optional.empty(), decide(head, Subprotocols.NONE));
    }

    private static void assertAgreed(Optional<String> expected, Outcome outcome) {
        Accepted accepted = assertInstanceOf(Accepted.class, outcome);
        assertEquals(expected, accepted.subprotocol());
        String line = expected.map(name -> "\r\nSec-WebSocket-Protocol: " + name).orElse("");
        String response = new String(accepted.response(), US_ASCII);
        assertEquals(
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" + line + "\r\n\r\n",
                response.substring(response.indexOf("Sec-WebSocket-Accept")));
    }

    @ParameterizedTest
    @CsvSource({
        "OLD_HTTP, 505, false",
        "UPGRADE_LOST, 426, true",
        "NO_UPGRADE, 426, true",
        "NO_CONNECTION_UPGRADE, 400, false",
        "WRONG_VERSION, 426, true",
        "BAD_KEY, 400, false",
        "ORIGIN_NOT_ALLOWED, 403, false",
        "BAD_SUBPROTOCOLS, 400, false",
        "NO_SUBPROTOCOL, 400, false",
    })
    void eachRejectionHasItsStatusAnd426SaysWhatIsSpoken(
            Rejection rejection, int status, boolean saysVersion) {
        Response response = rejection.response();
        assertEquals(status, response.status().code());
        assertEquals(saysVersion ? "13" : null, response.headers().get("Sec-WebSocket-Version"));
        assertEquals(saysVersion ? "websocket" : null, response.headers().get("Upgrade"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, example.com",
        "http://example.com, EXAMPLE.com",
        "http://example.com, example.com:80",
        "http://example.com:8080, example.com:8080",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://[::1], '[::1]:80'",
        "http://[::1]:8080, '[::1]:8080'",
        "http://[FE80::1]:8080, '[fe80::1]:8080'",
        "http://example.com/, example.com",
        "http://example.com:8080/, example.com:8080",
        "http://Example.COM:8080, example.com:8080",
        "HTTP://EXAMPLE.COM, example.com",
        "http://example.com:80, example.com",
        "http://example.com:80/, example.com:80",
        "https://ALLOWED.example, example.com",
        "https://allowed.example:443, example.com",
        "https://allowed.example:8443/, example.com",
        "https://allowed.example, example.com",
        "https://allowed.example:8443, example.com",
        ", example.com",
    })
    void allowsItsOwnOriginTheAllowedOnesAndNoneAtAll(String origin, String host) {
        assertEquals(true, ALLOWED.allow(origin, "http", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "file://",
                "http://",
                "example.com",
                "//example.com",
                "https://example.com",
                "http://example.com:443",
                "http://example.com:8080",
                "http://example.com//",
                "http://example.com/.",
                "http://example.com/a",
                "http://example.com?",
                "http://example.com/?",
                "http://example.com:80:80",
                "http://example.com:080",
                "/http://example.com",
                "http:/example.com",
                "http://example.com.",
                "http://example.com./",
                "http://example.com.evil.example",
                "http://evil-example.com",
                "http://evil.example",
                "http://www.example.com",
                "http://example.com@evil.example",
                "http://example.com, http://evil.example",
                "http://allowed.example",
                "https://allowed.example.evil.example",
                "https://xallowed.example",
                "https://allowed.example:80",
                "https://allowed.example:8444",
                "*",
            })
    void refusesEveryOtherOriginHoweverAlike(String origin) {
        assertEquals(false, ALLOWED.allow(origin, "http", "example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, example.com, true",
        "https://example.com, example.com:443, true",
        "https://example.com:8443, example.com:8443, true",
        "https://allowed.example, example.com, true",
        "http://example.com, example.com, false",
        "https://example.com:80, example.com, false",
        "https://evil.example, example.com, false",
    })
    void ofAClientThatSpeaksTlsTheOwnOriginIsHttps(String origin, String host, boolean isAllowed) {
        assertEquals(isAllowed, ALLOWED.allow(origin, "https", host));
    }
}
