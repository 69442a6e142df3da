package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.heddle.Heddle;
import dev.heddle.frame.CloseCode;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.LogLines;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;
import dev.heddle.support.TokenKey;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.event.EventTap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// `/ws` with `ws.login`: who shows no good token gets an HTTP answer and no WebSocket.
class RequestLoginTest {
    private static final TokenKey KEY = TokenKey.of("HS256");
    private static final TokenKey ES256 = TokenKey.of("ES256");
    private static final String CHALLENGE = "Bearer realm=\"heddle\"";
    private static final String INVALID = CHALLENGE + ", error=\"invalid_token\"";
    private static final String GOOD = token("\"sub\":\"anna\",", 3600);

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_WS_LOGIN", "true",
                                    "HEDDLE_TOKEN_SECRET", KEY.secret(),
                                    "HEDDLE_TOKEN_AUDIENCE", "hub",
                                    "HEDDLE_TOKEN_LEEWAY", "0s",
                                    "HEDDLE_LIMITS_HEAD_BYTES", "16KiB")));

    private static String token(String members, int secondsLeft) {
        long end = Instant.now().getEpochSecond() + secondsLeft;
        return KEY.token('{' + members + "\"aud\":\"hub\",\"exp\":" + end + '}');
    }

    /// What a handshake gets with these header lines more.
    private static HttpAnswer ask(int port, String target, String... more) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            List<String> headers =
                    Stream.concat(client.upgradeHeaders().stream(), Stream.of(more)).toList();
            client.send(RawClient.request("GET " + target + " HTTP/1.1", headers));
            return client.readAnswer("GET");
        }
    }

    private static HttpAnswer ask(String target, String... more) throws IOException {
        return ask(SERVER.port(), target, more);
    }

    private static void assertRefused(Refusal reason, String challenge, HttpAnswer answer) {
        assertEquals(401, answer.status());
        assertEquals(challenge, answer.header("WWW-Authenticate"));
        assertEquals(reason.words() + "\n", answer.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ws             | Authorization: Bearer {good}",
                "/ws             | authorization: bearer  {good}",
                "/ws?token={good}    | X-Nothing: 1",
                "/ws?a=b&token={good}&token=x | X-Nothing: 1",
                "/ws?token={encoded} | X-Nothing: 1",
                "/ws?%74oken={good}  | X-Nothing: 1",
                "/ws?token={good}    | Authorization: Basic YTpi",
                "/ws?token=x     | Authorization: Bearer {good}",
            })
    void whoShowsAGoodTokenGetsAWebSocket(String target, String header) throws IOException {
        String encoded = GOOD.replace(".", "%2E").replace("e", "%65");
        String asked = target.replace("{good}", GOOD).replace("{encoded}", encoded);
        assertEquals(101, ask(asked, header.replace("{good}", GOOD)).status());
    }

    @ParameterizedTest
    @CsvSource({
        "/ws, X-Nothing: 1",
        "/ws?token=, X-Nothing: 1",
        "/ws?tokens=x&Token=x, X-Nothing: 1",
        "/ws?token, X-Nothing: 1",
        "/ws, Authorization: Basic YTpi",
        "/ws, 'Authorization: Bearer '",
    })
    void whoShowsNoneIsToldThatOneIsNeeded(String target, String header) throws IOException {
        assertRefused(Refusal.MISSING, CHALLENGE, ask(target, header));
    }

    static Stream<Arguments> badTokens() {
        String anna = "\"sub\":\"anna\",";
        String never = "\"aud\":\"hub\"}";
        String unsigned = TokenKey.encode("{\"alg\":\"none\"}") + '.' + TokenKey.encode("{}") + '.';
        return Stream.of(
                arguments(Refusal.TOO_LONG, "x".repeat(TokenVerifier.MAX_CHARS + 1)),
                arguments(Refusal.MALFORMED, GOOD.replace('.', ',')),
                arguments(Refusal.ALGORITHM, unsigned),
                arguments(
                        Refusal.TYPE,
                        KEY.token("{\"alg\":\"HS256\",\"typ\":\"logout+jwt\"}", "{}")),
                arguments(Refusal.UNKNOWN_KEY, ES256.token("{}")),
                arguments(Refusal.SIGNATURE, TokenKey.other("HS256").token("{}")),
                arguments(Refusal.CLAIMS, token("\"sub\":7,", 3600)),
                arguments(Refusal.NO_EXPIRY, KEY.token('{' + anna + never)),
                arguments(Refusal.EXPIRED, token(anna, -1)),
                arguments(Refusal.NOT_YET_VALID, token(anna + "\"nbf\":253402300799,", 3600)),
                arguments(Refusal.AUDIENCE, KEY.token('{' + anna + "\"exp\":253402300799}")),
                arguments(Refusal.NO_SUBJECT, token("", 3600)),
                arguments(Refusal.NO_ROOM, token(anna + "\"appIDs\":[],", 3600)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aBadTokenIsRefusedWithTheReasonThatALoginGives(Refusal reason, String token)
            throws IOException {
        Counters counters = SERVER.heddle().counters();
        long refused = count(counters.handshakesRejectedByReason(), reason.words());
        long tokens = count(counters.tokensRefusedByReason(), reason.label());
        assertRefused(reason, INVALID, ask("/ws", "Authorization: Bearer " + token));
        assertRefused(reason, INVALID, ask("/ws?token=" + token));
        assertEquals(refused + 2, count(counters.handshakesRejectedByReason(), reason.words()));
        assertEquals(tokens + 2, count(counters.tokensRefusedByReason(), reason.label()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void noPartOfATokenGetsIntoALogLineOrAnEvent(Refusal reason, String token) throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        BiConsumer<String, Map<String, Object>> tap =
                (name, fields) -> seen.add(name + fields.values());
        EventTap.open(tap);
        try (LogLines log = new LogLines()) {
            ask("/ws", "Authorization: Bearer " + token);
            ask("/ws?token=" + token);
            ask("/ws?token=" + GOOD);
            ask("/nothing?token=" + token);
            seen.addAll(log.all());
        } finally {
            EventTap.close(tap);
        }
        assertTrue(seen.toString().contains(reason.words()), seen::toString);
        for (String part : (token + '.' + GOOD).split("[.,]", -1)) {
            assertFalse(!part.isEmpty() && seen.toString().contains(part), seen::toString);
        }
    }

    @Test
    void eachReasonIsSeenBeforeTheFirstRefusal() throws IOException {
        Map<String, String> variables =
                Map.of("HEDDLE_WS_LOGIN", "true", "HEDDLE_TOKEN_SECRET", KEY.secret());
        try (Heddle server = Heddle.start(TestServer.configured(variables))) {
            assertTrue(
                    server.counters()
                            .handshakesRejectedByReason()
                            .keySet()
                            .containsAll(Refusal.allWords()));
        }
    }

    /// So that a page, which cannot see why a WebSocket was refused, can find out by asking.
    @Test
    void aPlainRequestIsToldTheSame() throws IOException {
        assertRefused(Refusal.MISSING, CHALLENGE, plain("/ws"));
        assertRefused(Refusal.MALFORMED, INVALID, plain("/ws?token=x"));
        assertEquals(426, plain("/ws?token=" + GOOD).status());
    }

    private static HttpAnswer plain(String target) throws IOException {
        try (RawClient client = RawClient.connect(SERVER.port())) {
            String host = "Host: " + client.host();
            client.send(RawClient.request("GET " + target + " HTTP/1.1", List.of(host)));
            return client.readAnswer("GET");
        }
    }

    @Test
    void aPageOfAnotherOriginStaysOutWithAnyToken() throws IOException {
        assertEquals(403, ask("/ws?token=" + GOOD, "Origin: https://evil.example").status());
    }

    @Test
    void theConnectionEndsWithItsToken() throws IOException {
        String brief = token("\"sub\":\"anna\",", 3);
        try (RawClient guest = RawClient.open(SERVER.port(), "/ws?token=" + brief);
                RawClient other = RawClient.open(SERVER.port(), "/ws?token=" + GOOD)) {
            guest.send(RawFrame.text("hello"));
            assertEquals("hello", other.readFrame().text());
            assertEquals("hello", guest.readFrame().text());
            assertEquals(CloseCode.TOKEN_EXPIRED, guest.readFrame().closeCode());
            guest.send(RawFrame.close(CloseCode.TOKEN_EXPIRED, ""));
            guest.expectEnd();
            other.send(RawFrame.text("gone?"));
            assertEquals("gone?", other.readFrame().text());
        }
    }

    @Test
    void otherPathsNeedNoTokenBeforeTheUpgrade() throws IOException {
        assertEquals(101, ask("/acc").status());
        assertEquals(200, plain("/hub").status());
        assertEquals(404, plain("/echo").status());
    }

    @Test
    void whoCannotBeJudgedNowIsToldToComeBack() throws IOException {
        Map<String, String> unreachable =
                Map.of("HEDDLE_WS_LOGIN", "true", "HEDDLE_TOKEN_JWKS_URL", "https://127.0.0.1:1/");
        try (Heddle server = Heddle.start(TestServer.configured(unreachable))) {
            HttpAnswer answer =
                    ask(server.port(), "/ws", "Authorization: Bearer " + ES256.token("{}"));
            assertEquals(503, answer.status());
            assertTrue(answer.header("Retry-After").matches("\\d+"), answer::toString);
            assertEquals(Refusal.KEYS_UNAVAILABLE.words() + "\n", answer.body());
        }
    }

    /// Where nobody needs a login, a token means nothing.
    @Test
    void withoutTheSettingNobodyLooksAtTokens() throws IOException {
        Map<String, String> off = Map.of("HEDDLE_TOKEN_SECRET", KEY.secret());
        try (Heddle server = Heddle.start(TestServer.configured(off))) {
            assertEquals(101, ask(server.port(), "/ws?token=x").status());
            assertEquals(101, ask(server.port(), "/ws").status());
        }
    }

    private static long count(Map<String, LongAdder> counts, String label) {
        return counts.getOrDefault(label, new LongAdder()).sum();
    }
}
