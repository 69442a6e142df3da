package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;
import dev.heddle.config.TokenSettings;
import dev.heddle.support.LogLines;
import dev.heddle.support.Patience;
import dev.heddle.support.TokenKey;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Keys from a real HTTP server, which changes them, fails, hangs, and comes back.
class JwksUrlTest {
    private static final TokenKey A = TokenKey.usual("RS256");
    private static final TokenKey B = TokenKey.usual("ES256");
    private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":4102444800}";

    @TempDir private Path folder;
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Answer answer = keys();
    private HttpServer server;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    requests.incrementAndGet();
                    try (exchange) {
                        answer.to(exchange);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void fetchesOnceForManyLogins() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""), B.jwk("\"kid\":\"b\""));
        try (TokenVerifier verifier = verifier(TokenKeys.Freshness.USUAL)) {
            for (int i = 0; i < 100; i++) {
                assertAccepted(verifier, token(A, "a"));
                assertAccepted(verifier, token(B, "b"));
            }
        }
        assertEquals(1, requests.get());
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        try (TokenVerifier verifier = verifier(TokenKeys.Freshness.USUAL)) {
            assertAccepted(verifier, token(A, "a"));
            answer = keys(B.jwk("\"kid\":\"b\""));
            assertAccepted(verifier, token(B, "b"));
            assertInstanceOf(Refused.class, verifier.verify(token(A, "a"), ""));
        }
        assertEquals(2, requests.get());
    }

    @Test
    void whoeverInventsNamesOfKeysMakesUsFetchTwiceAtMost() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        try (TokenVerifier verifier = verifier(slow())) {
            for (int i = 0; i < 200; i++) {
                assertInstanceOf(Refused.class, verifier.verify(token(B, "invented-" + i), ""));
                assertAccepted(verifier, token(A, "a"));
            }
        }
        assertEquals(2, requests.get());
    }

    @Test
    void aNewKeyIsNotCalledUnknownWhileItIsTooEarlyToFetchIt() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        var soonAgain =
                new TokenKeys.Freshness(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1));
        try (TokenVerifier verifier = verifier(soonAgain)) {
            Verdict tooEarly = new Refused(Refusal.KEYS_UNAVAILABLE);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> tooEarly.equals(verifier.verify(token(B, "b"), "")));
            answer = keys(B.jwk("\"kid\":\"b\""));
            Awaitility.await().untilAsserted(() -> assertAccepted(verifier, token(B, "b")));
        }
    }

    @Test
    void keysAreRenewedInTheBackground() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        try (TokenVerifier verifier = verifier(quick(Duration.ofHours(1)))) {
            answer = keys(B.jwk("\"kid\":\"b\""));
            Awaitility.await().until(() -> requests.get() > 1);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertRefused(Refusal.UNKNOWN_KEY, verifier, token(A, "a")));
            assertAccepted(verifier, token(B, "b"));
        }
    }

    @Test
    void oldKeysServeDuringAnOutage() throws Exception {
        try (LogLines log = new LogLines()) {
            answer = keys(A.jwk("\"kid\":\"a\""));
            try (TokenVerifier verifier = verifier(quick(Duration.ofHours(1)))) {
                answer = status(500);
                int before = requests.get();
                Awaitility.await()
                        .until(
                                () -> {
                                    assertAccepted(verifier, token(A, "a"));
                                    return requests.get() > before + 2;
                                });
                answer = keys(B.jwk("\"kid\":\"b\""));
                Awaitility.await().untilAsserted(() -> assertAccepted(verifier, token(B, "b")));
            }
            List<String> lines =
                    log.all().stream().filter(line -> line.contains("token keys")).toList();
            assertEquals(2, lines.size(), lines::toString);
            assertTrue(
                    lines.getFirst()
                            .endsWith(
                                    "token keys cannot be loaded: token.jwks-url "
                                            + url()
                                            + " answers 500"));
            assertTrue(lines.getLast().endsWith("token keys can be loaded again"));
        }
    }

    @Test
    void oldKeysDoNotServeForEver() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        try (TokenVerifier verifier = verifier(quick(Duration.ofMillis(600)))) {
            answer = status(500);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertRefused(Refusal.KEYS_UNAVAILABLE, verifier, token(A, "a")));
        }
    }

    @Test
    void aServerThatIsNotThereYetIsNoReasonNotToStart() throws Exception {
        answer = status(503);
        try (TokenVerifier verifier = verifier(quick(Duration.ofHours(1)))) {
            assertRefused(Refusal.KEYS_UNAVAILABLE, verifier, token(A, "a"));
            assertRefused(Refusal.KEYS_UNAVAILABLE, verifier, token(A, "a"));
            answer = keys(A.jwk("\"kid\":\"a\""));
            Awaitility.await().untilAsserted(() -> assertAccepted(verifier, token(A, "a")));
        }
    }

    @Test
    void aServerThatHangsHoldsNobodyUpWhoseKeyIsKnown() throws Exception {
        answer = keys(A.jwk("\"kid\":\"a\""));
        try (TokenVerifier verifier = verifier(TokenKeys.Freshness.USUAL)) {
            answer =
                    _ -> {
                        while (!await(end)) {
                            Thread.onSpinWait();
                        }
                    };
            Thread stranger =
                    Thread.startVirtualThread(
                            () -> assertRefused(Refusal.KEYS_UNAVAILABLE, verifier, token(B, "b")));
            Awaitility.await().until(() -> requests.get() == 2);
            assertAccepted(verifier, token(A, "a"));
            assertTrue(stranger.isAlive(), "who has an unknown key waits alone");
            assertTrue(stranger.join(Patience.BOUND));
        }
    }

    /// A byte every 100 ms: no single read of the client takes long.
    @Test
    void aServerThatTricklesIsGivenUp() throws Exception {
        answer =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream body = exchange.getResponseBody();
                    while (!await(end)) {
                        body.write(' ');
                        body.flush();
                    }
                };
        try (TokenVerifier verifier = verifier(TokenKeys.Freshness.USUAL)) {
            List<Thread> logins = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                logins.add(
                        Thread.startVirtualThread(
                                () ->
                                        assertRefused(
                                                Refusal.KEYS_UNAVAILABLE,
                                                verifier,
                                                token(A, "a"))));
            }
            for (Thread login : logins) {
                login.join();
            }
        }
        assertTrue(requests.get() <= 2, () -> requests + " requests, each of which takes its time");
    }

    @Test
    void whatIsNoSetOfKeysIsSaid() throws Exception {
        assertSays("answers 404", status(404));
        assertSays(
                "answers 302",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", url());
                    exchange.sendResponseHeaders(302, -1);
                });
        assertSays("is neither PEM nor a JWK nor a JWKS", body("<html>hello</html>"));
        assertSays("has no key to use", body("{\"keys\":[]}"));
        assertSays("has secrets only", keys(TokenKey.of("HS256").jwk("")));
        assertSays("cannot be fetched: IOException", body(" ".repeat((256 << 10) + 1)));
        server.stop(0);
        assertSays("cannot be fetched: ConnectException", keys());
    }

    @Test
    void aSecretThatIsPublishedIsNone() throws Exception {
        TokenKey secret = TokenKey.of("HS256");
        answer = keys(secret.jwk(""), A.jwk(""));
        try (TokenVerifier verifier = verifier(TokenKeys.Freshness.USUAL)) {
            assertRefused(Refusal.UNKNOWN_KEY, verifier, secret.token(CLAIMS));
            assertAccepted(verifier, A.token(CLAIMS));
        }
    }

    @Test
    void aFileIsReadAgainWhenItHasBeenReplaced() throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), A.jwk("\"kid\":\"a\""));
        TokenSettings settings = TestSettings.of("KEY_FILE", file.toString());
        TokenKeys keys = new TokenKeys(KeySource.of(settings), quick(Duration.ofHours(1)));
        try (TokenVerifier verifier = new TokenVerifier(settings, keys, InstantSource.system())) {
            Files.writeString(file, "half a k");
            assertRefused(Refusal.KEYS_UNAVAILABLE, verifier, token(B, "b"));
            assertAccepted(verifier, token(A, "a"));
            Files.writeString(file, B.jwk("\"kid\":\"b\""));
            Awaitility.await().untilAsserted(() -> assertAccepted(verifier, token(B, "b")));
            assertRefused(Refusal.UNKNOWN_KEY, verifier, token(A, "a"));
        }
    }

    private void assertSays(String fault, Answer wrong) {
        answer = wrong;
        try (JwksUrl source = new JwksUrl(url())) {
            KeyFault said = assertThrows(KeyFault.class, source::load);
            assertEquals("token.jwks-url " + url() + " " + fault, said.getMessage());
        }
    }

    private static TokenKeys.Freshness quick(Duration outage) {
        return new TokenKeys.Freshness(
                Duration.ofMillis(400), Duration.ofMillis(200), Duration.ofMillis(50), outage);
    }

    /// The usual one where a test takes no time.
    private static TokenKeys.Freshness slow() {
        return new TokenKeys.Freshness(
                Duration.ofDays(1),
                Duration.ofHours(1),
                Duration.ofMinutes(30),
                Duration.ofDays(1));
    }

    private TokenVerifier verifier(TokenKeys.Freshness freshness) throws KeyFault {
        TokenSettings settings = TestSettings.of("JWKS_URL", url());
        TokenKeys keys = new TokenKeys(KeySource.of(settings), freshness);
        return new TokenVerifier(settings, keys, InstantSource.system());
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    private static String token(TokenKey key, String id) {
        return key.token("{\"alg\":\"" + key.algorithm() + "\",\"kid\":\"" + id + "\"}", CLAIMS);
    }

    private static Answer keys(String... jwks) {
        return body("{\"keys\":[" + String.join(",", Stream.of(jwks).toList()) + "]}");
    }

    private static Answer body(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    private static void assertRefused(Refusal reason, TokenVerifier verifier, String token) {
        assertEquals(new Refused(reason), verifier.verify(token, ""));
    }

    private static void assertAccepted(TokenVerifier verifier, String token) {
        assertInstanceOf(Accepted.class, verifier.verify(token, ""));
    }
}
