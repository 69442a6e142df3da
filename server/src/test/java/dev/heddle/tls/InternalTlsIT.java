package dev.heddle.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.SSLContext;

/// TLS on the internal port, where clients may need a certificate.
class InternalTlsIT {
    private static final String VARIABLES = "HEDDLE_INTERNAL_TLS_";
    private static final TestCertificate SERVER = TestCertificate.ofItsOwn();
    private static final TestCertificate CALLER = TestCertificate.of("caller.example");
    private static final TestCertificate STRANGER = TestCertificate.of("stranger.example");

    private static Heddle start(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(SERVER.variables(VARIABLES));
        settings.putAll(more);
        return Heddle.start(TestServer.configured(settings));
    }

    private static Heddle startForCallers() throws IOException {
        return start(Map.of(VARIABLES + "CLIENT_CA", CALLER.certificate().toString()));
    }

    private static HttpAnswer ask(Heddle server, SSLContext client) throws IOException {
        try (RawClient caller =
                RawClient.connect(server.internalPort(), client.getSocketFactory())) {
            for (int i = 0; i < 2; i++) {
                caller.send(RawClient.request("GET /livez HTTP/1.1", List.of("Host: localhost")));
                assertEquals(200, caller.readAnswer("GET").status());
            }
            caller.send(
                    RawClient.request(
                            "GET /metrics HTTP/1.1",
                            List.of("Host: localhost", "Connection: close")));
            HttpAnswer answer = caller.readAnswer("GET");
            caller.expectEnd();
            return answer;
        }
    }

    @Test
    void answersOverTls() throws IOException {
        try (Heddle server = start(Map.of())) {
            HttpAnswer metrics = ask(server, SERVER.client());
            assertEquals(200, metrics.status());
            long end =
                    TestCertificate.parsed(SERVER.signed())
                            .getNotAfter()
                            .toInstant()
                            .getEpochSecond();
            assertTrue(
                    metrics.toString().contains("heddle_internal_tls_certificate_expires_seconds"),
                    metrics::toString);
            assertTrue(end > 0);
        }
    }

    /// While it is made another thread reads what the caller sends.
    @Test
    void aRecordingEndsAsAnyAnswer() throws IOException {
        try (Heddle server = start(Map.of())) {
            for (int i = 0; i < 3; i++) {
                try (RawClient caller =
                        RawClient.connect(
                                server.internalPort(), SERVER.client().getSocketFactory())) {
                    caller.send(
                            RawClient.request(
                                    "POST /debug/jfr?seconds=1 HTTP/1.1",
                                    List.of("Host: localhost", "Content-Length: 0")));
                    String answer = caller.readToEnd();
                    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
                    assertTrue(answer.endsWith("\r\n0\r\n\r\n"), "cut off");
                }
            }
            assertEquals(200, ask(server, SERVER.client()).status());
        }
    }

    @Test
    void tellsPlainHttpThatThisIsTls() throws IOException {
        try (Heddle server = start(Map.of());
                RawClient caller = RawClient.connect(server.internalPort())) {
            caller.send(RawClient.request("GET /livez HTTP/1.1", List.of("Host: localhost")));
            HttpAnswer answer = caller.readAnswer("GET");
            assertEquals(400, answer.status());
            assertTrue(answer.toString().contains("this port speaks TLS"), answer::toString);
            caller.expectEnd();
        }
    }

    @Test
    void letsInWhoHasACertificateOfTheAuthority() throws IOException {
        try (Heddle server = startForCallers()) {
            SSLContext client = TestCertificate.client(SERVER.signed(), CALLER.signed());
            assertEquals(200, ask(server, client).status());
        }
    }

    @Test
    void letsInWhoHasTheServersOwnKey() throws IOException {
        try (Heddle server = startForCallers()) {
            SSLContext client = TestCertificate.client(SERVER.signed(), SERVER.signed());
            assertEquals(200, ask(server, client).status());
        }
    }

    @Test
    void refusesWhoHasNoCertificateOrAnother() throws IOException {
        try (Heddle server = startForCallers()) {
            for (SSLContext client :
                    List.of(
                            SERVER.client(),
                            TestCertificate.client(SERVER.signed(), STRANGER.signed()))) {
                assertThrows(Throwable.class, () -> ask(server, client)); // at a read or a write
            }
            // It is counted behind the alert, which the client may see first.
            Soon.until(
                    () ->
                            server.counters()
                                            .tlsHandshakesByResult()
                                            .getOrDefault("refused", new LongAdder())
                                            .sum()
                                    == 2);
        }
    }
}
