package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;

/// Clients that others have written, each in every scenario, over TLS and with compression.
class TlsClientsIT {
    private static final TestCertificate CERTIFICATE = TestCertificate.ofItsOwn();
    private static SSLContext usual;

    @RegisterExtension
    static final TestServer SERVER = new TestServer(TestServer.configured(settings()));

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(CERTIFICATE.variables());
        settings.put("HEDDLE_DIAGNOSTICS", "true");
        settings.put("HEDDLE_ECHO_DEFLATE", "true");
        return settings;
    }

    @BeforeAll
    static void trustTheServer() throws NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
        SSLContext.setDefault(CERTIFICATE.client());
    }

    @AfterAll
    static void trustAsUsual() {
        SSLContext.setDefault(usual);
    }

    private static Conversation open(RealClient client) throws Exception {
        URI echo = URI.create("wss://127.0.0.1:" + SERVER.port() + "/echo");
        return client.openSecure(echo, CERTIFICATE.certificate());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("dev.heddle.clients.RealClientsIT#table")
    void understandsEachOther(RealClient client, Scenario scenario) throws Exception {
        try (Conversation conversation = open(client)) {
            scenario.play(conversation);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"NODE_WS", "PYTHON_WEBSOCKETS"})
    void compressesBeforeItEncrypts(RealClient client) throws Exception {
        String text = "warp and weft, ".repeat(4000);
        long before = SERVER.heddle().counters().bytesOut.sum();
        try (Conversation conversation = open(client)) {
            conversation.sendText(List.of(text));
            conversation.expect(new Event.Text(text));
        }
        long sent = SERVER.heddle().counters().bytesOut.sum() - before;
        assertTrue(sent < text.length() / 10, () -> sent + " bytes");
    }
}
