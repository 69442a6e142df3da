package dev.heddle.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS on the public port, with the JDK's sockets as clients.
class TlsIT {
    private static final TestCertificate CERTIFICATE = TestCertificate.ofItsOwn();

    @RegisterExtension
    static final TestServer SERVER = new TestServer(TestServer.configured(settings()));

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(CERTIFICATE.variables());
        settings.put("HEDDLE_DIAGNOSTICS", "true");
        return settings;
    }

    private static RawClient connect(String... protocols) throws IOException {
        RawClient client =
                RawClient.connect(SERVER.port(), CERTIFICATE.client().getSocketFactory());
        if (protocols.length > 0) {
            ((SSLSocket) client.socket()).setEnabledProtocols(protocols);
        }
        return client;
    }

    private static RawClient open(String protocol, String path) throws IOException {
        RawClient client = connect(protocol);
        client.upgrade(path);
        return client;
    }

    private static long count(String result) {
        return SERVER.heddle()
                .counters()
                .tlsHandshakesByResult()
                .getOrDefault(result, new LongAdder())
                .sum();
    }

    private static void requireCount(long expected, String result) {
        Soon.untilAsserted(() -> assertEquals(expected, count(result), result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void echoesMessagesOfAllSizes(String protocol) throws IOException {
        try (RawClient client = open(protocol, "/echo")) {
            for (int size : List.of(0, 1, 125, 126, 4000, 16_367, 16_384, 65_536, 1_000_000)) {
                String text = "x".repeat(size);
                client.send(RawFrame.text(text));
                assertEquals(text, client.readFrame().text());
            }
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void readsWhatComesInManyRecords(int chop) throws IOException {
        try (RawClient client = open("TLSv1.3", "/echo")) {
            String text = "y".repeat(2_000);
            client.sendInChops(RawFrame.text(text).encoded(), chop);
            assertEquals(text, client.readFrame().text());
        }
    }

    @ParameterizedTest
    @CsvSource({"h2 http/1.1,http/1.1", "http/1.1,http/1.1", "'',''"})
    void agreesOnHttp11(String offered, String expected) throws IOException {
        try (RawClient client = connect()) {
            SSLSocket socket = (SSLSocket) client.socket();
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(
                    offered.isEmpty() ? new String[0] : offered.split(" "));
            socket.setSSLParameters(parameters);
            client.upgrade("/ws");
            assertEquals(expected, socket.getApplicationProtocol());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256 TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_256_GCM_SHA384 TLS_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    })
    void takesTheCipherThatTheClientLikesBest(String protocol, String ciphers) throws IOException {
        String[] offered = ciphers.split(" ");
        try (RawClient client = connect(protocol)) {
            SSLSocket socket = (SSLSocket) client.socket();
            socket.setEnabledCipherSuites(offered);
            client.upgrade("/ws");
            assertEquals(offered[0], socket.getSession().getCipherSuite());
        }
    }

    @Test
    void refusesAClientThatSpeaksHttp2Alone() throws IOException {
        long before = count("refused");
        try (RawClient client = connect()) {
            SSLSocket socket = (SSLSocket) client.socket();
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
        requireCount(before + 1, "refused");
    }

    @Test
    void isRefusedByAClientThatTrustsAnother() throws IOException {
        long before = count("refused by client");
        TestCertificate other = TestCertificate.ofItsOwn();
        try (RawClient client =
                RawClient.connect(SERVER.port(), other.client().getSocketFactory())) {
            SSLSocket socket = (SSLSocket) client.socket();
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
        requireCount(before + 1, "refused by client");
    }

    @Test
    void tellsPlainHttpThatThisIsTls() throws IOException {
        long before = count("not tls");
        try (RawClient client = RawClient.connect(SERVER.port())) {
            client.sendHandshake("/ws");
            HttpAnswer answer = client.readAnswer("GET");
            assertEquals(400, answer.status());
            assertTrue(answer.toString().contains("this port speaks TLS"), answer::toString);
            client.expectEnd();
        }
        requireCount(before + 1, "not tls");
    }

    @Test
    void servesPagesAndKeepsTheConnection() throws IOException {
        try (RawClient client = connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(RawClient.request("GET / HTTP/1.1", List.of("Host: localhost")));
                assertEquals(200, client.readAnswer("GET").status());
            }
        }
    }

    @Test
    void theSamePageMayConnect() throws IOException {
        try (RawClient client = connect()) {
            List<String> headers = new ArrayList<>(client.upgradeHeaders());
            headers.add("Origin: https://" + client.host());
            client.send(RawClient.request("GET /ws HTTP/1.1", headers));
            assertEquals(101, client.readAnswer("GET").status());
        }
        try (RawClient client = connect()) {
            List<String> headers = new ArrayList<>(client.upgradeHeaders());
            headers.add("Origin: http://" + client.host());
            client.send(RawClient.request("GET /ws HTTP/1.1", headers));
            assertEquals(403, client.readAnswer("GET").status());
        }
    }

    /// Python's `ssl` tells an end that was said from one that was not, if it is asked to.
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
    void saysThatItEnds(String protocol) throws Exception {
        String script =
                """
                import socket, ssl
                context = ssl.create_default_context(cafile='%s')
                context.maximum_version = ssl.TLSVersion.%s
                raw = socket.create_connection(('127.0.0.1', %d))
                client = context.wrap_socket(
                    raw, server_hostname='localhost', suppress_ragged_eofs=False)
                client.sendall(b'GET /nothing HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n')
                while client.recv(65536):
                    pass
                print('ended')
                """
                        .formatted(CERTIFICATE.certificate(), protocol, SERVER.port());
        Process python =
                new ProcessBuilder(TestTools.require("python3").toString(), "-c", script)
                        .redirectErrorStream(true)
                        .start();
        assertEquals("ended\n", new String(python.getInputStream().readAllBytes(), UTF_8));
    }

    /// TLS 1.2 answers the end of one side with that of the other (RFC 5246, section 7.2.1).
    @Test
    void answersWhoHasEndedItsSide() throws IOException {
        try (RawClient client = open("TLSv1.3", "/echo")) {
            String text = "z".repeat(100_000);
            client.send(RawFrame.text(text));
            client.endOutput();
            assertEquals(text, client.readFrame().text());
            client.expectEnd();
        }
    }

    @Test
    void endsWithTheSocketOfWhoSaysNothing() throws IOException {
        try (Socket below = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
                SSLSocket client =
                        (SSLSocket)
                                CERTIFICATE
                                        .client()
                                        .getSocketFactory()
                                        .createSocket(below, "127.0.0.1", SERVER.port(), false)) {
            client.startHandshake();
            below.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void refusesAnotherHandshake() throws IOException {
        try (RawClient client = open("TLSv1.2", "/echo")) {
            ((SSLSocket) client.socket()).startHandshake();
            client.send(RawFrame.text("never echoed"));
            assertThrows(AssertionError.class, client::readFrame);
        } catch (SSLException refused) {
            // as it may be, too
        }
    }

    @Test
    void goesOnWithNewKeys() throws IOException {
        try (RawClient client = open("TLSv1.3", "/echo")) {
            for (int i = 0; i < 20; i++) {
                ((SSLSocket) client.socket()).startHandshake(); // which is an update of keys
                client.send(RawFrame.text("message " + i));
                assertEquals("message " + i, client.readFrame().text());
            }
        }
    }

    /// New keys cost the server more than their sender, and nobody above sees them.
    @Test
    void endsWhoSendsNewKeysAndNothingElse() throws IOException {
        try (RawClient client = open("TLSv1.3", "/echo")) {
            SSLSocket socket = (SSLSocket) client.socket();
            assertThrows(
                    IOException.class,
                    () -> {
                        for (int i = 0; i < 100_000; i++) {
                            socket.startHandshake();
                        }
                    });
        }
    }

    @Test
    void endsWhereARecordIsGarbled() throws IOException {
        try (Socket below = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
                SSLSocket client =
                        (SSLSocket)
                                CERTIFICATE
                                        .client()
                                        .getSocketFactory()
                                        .createSocket(below, "127.0.0.1", SERVER.port(), false)) {
            client.startHandshake();
            below.getOutputStream()
                    .write(
                            new byte[] {
                                23, 3, 3, 0, 17, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                16, 17
                            });
            SSLException alert =
                    assertThrows(SSLException.class, () -> client.getInputStream().read());
            assertTrue(
                    String.valueOf(alert.getMessage()).contains("bad_record_mac"), alert::toString);
        }
    }

    @Test
    void endsWhereARecordIsTooLong() throws IOException {
        try (Socket below = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
            SSLSocket client =
                    (SSLSocket)
                            CERTIFICATE
                                    .client()
                                    .getSocketFactory()
                                    .createSocket(below, "127.0.0.1", SERVER.port(), false);
            client.startHandshake();
            byte[] record = new byte[20_000];
            record[0] = 23;
            record[1] = 3;
            record[2] = 3;
            record[3] = (byte) 0xFF;
            below.getOutputStream().write(record);
            assertThrows(
                    IOException.class,
                    () -> {
                        while (below.getInputStream().read() >= 0) {
                            // what came before
                        }
                        throw new IOException("ended");
                    });
        }
    }
}
