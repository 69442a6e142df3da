package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.ClientHeader;
import dev.heddle.config.MessageRates;
import dev.heddle.config.Network;
import dev.heddle.config.ProxySettings;
import dev.heddle.config.Settings;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.session.EndpointSessions;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;
import dev.heddle.telemetry.Traffic;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Clients behind proxies: the tests are the proxies, over real sockets.
class ProxiedClientsTest {
    private static final String ADA = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final int DEADLINE = 3000;

    /// A health check of HAProxy's, with a field that tells of nothing (PP2_TYPE_NOOP).
    private static final byte[] LOCAL =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000004" + "04000178");

    @TempDir private Path folder;

    /// A server that believes this machine.
    private static Heddle start(String... settings) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("HEDDLE_PROXY_TRUSTED", "127.0.0.0/8");
        all.put("HEDDLE_DIAGNOSTICS", "true");
        for (int i = 0; i < settings.length; i += 2) {
            all.put("HEDDLE_" + settings[i], settings[i + 1]);
        }
        return Heddle.start(TestServer.configured(all));
    }

    private static byte[] line(String client) {
        String family = client.indexOf(':') < 0 ? "TCP4 " : "TCP6 ";
        String server = client.indexOf(':') < 0 ? " 127.0.0.1" : " ::1";
        return ("PROXY " + family + client + server + " 4711 80\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static RawClient proxied(Heddle server, byte... header) throws IOException {
        RawClient client = RawClient.connect(server.port());
        client.send(header);
        return client;
    }

    /// What a handshake for `/echo` gets with these lines more.
    private static HttpAnswer handshake(RawClient client, String... lines) throws IOException {
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        headers.addAll(List.of(lines));
        client.send(RawClient.request("GET /echo HTTP/1.1", headers));
        return client.readAnswer("GET");
    }

    private static String forwardedFor(String client) {
        return "X-Forwarded-For: " + client;
    }

    private static List<String> peers(Heddle server) {
        return server.inspection().connections().stream().map(Traffic::peer).toList();
    }

    private static long rejected(Heddle server, String reason) {
        return Objects.requireNonNull(server.counters().handshakesRejectedByReason().get(reason))
                .sum();
    }

    @Test
    void theClientOfAForwardedRequestIsWhoCounts() throws IOException {
        try (Heddle server = start();
                RawClient client = RawClient.connect(server.port())) {
            assertEquals(101, handshake(client, forwardedFor("6.6.6.6, 192.0.2.1:4711")).status());
            assertEquals(List.of("192.0.2.1:4711"), peers(server));
            client.send(RawFrame.text("still a WebSocket"));
            assertEquals("still a WebSocket", client.readFrame().text());
        }
    }

    @Test
    void aFullServerSaysSoBehindTlsAndTheProtocol() throws IOException {
        TestCertificate certificate = TestCertificate.ofItsOwn();
        try (Heddle server =
                        start(
                                "PROXY_PROTOCOL",
                                "true",
                                "LIMITS_CONNECTIONS",
                                "1",
                                "TLS_CERTIFICATE",
                                certificate.certificate().toString(),
                                "TLS_KEY",
                                certificate.key().toString());
                Socket ada = secured(server, certificate, line(ADA))) {
            assertEquals("101", status(ada, server));
            try (Socket bob = secured(server, certificate, line(BOB))) {
                assertEquals("503", status(bob, server));
            }
        }
    }

    private static Socket secured(Heddle server, TestCertificate certificate, byte... header)
            throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
        plain.getOutputStream().write(header);
        return certificate
                .client()
                .getSocketFactory()
                .createSocket(plain, "localhost", server.port(), true);
    }

    private static String status(Socket client, Heddle server) throws IOException {
        client.getOutputStream().write(RawClient.handshake(server.port(), "/echo"));
        byte[] line = client.getInputStream().readNBytes("HTTP/1.1 101".length());
        return new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
    }

    @Test
    void eventsAndTheHttpApiNameTheClient() throws IOException {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording();
                Heddle server = start()) {
            recording.enable("heddle.ConnectionOpened").withoutThreshold();
            recording.enable("heddle.ConnectionClosed").withoutThreshold();
            recording.enable("heddle.HandshakeRejected").withoutThreshold();
            recording.start();
            try (RawClient refused = RawClient.connect(server.port())) {
                String[] lines = {forwardedFor(BOB), "Origin: https://evil.example"};
                assertEquals(403, handshake(refused, lines).status());
            }
            try (RawClient client = RawClient.connect(server.port())) {
                List<String> headers = new ArrayList<>(client.upgradeHeaders());
                headers.add(forwardedFor(ADA));
                client.send(RawClient.request("GET /acc HTTP/1.1", headers));
                assertEquals(101, client.readAnswer("GET").status());
                long id = server.inspection().connections().getFirst().id();
                HttpAnswer row =
                        new ApiClient(server.internalPort())
                                .ask("GET", "/api/v1/connections/" + id);
                assertTrue(row.body().contains("\"192.0.2.1:0\""), row::body);
            }
            Soon.until(() -> server.connections() == 0);
            recording.stop();
            recording.dump(file);
        }
        Set<String> peers = new TreeSet<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            String name = event.getEventType().getName();
            if (event.hasField("peer")) {
                peers.add(name + " " + event.getString("peer"));
            }
        }
        assertEquals(
                Set.of(
                        "heddle.ConnectionClosed 192.0.2.1:0",
                        "heddle.ConnectionOpened 192.0.2.1:0",
                        "heddle.HandshakeRejected 192.0.2.2:0"),
                peers);
    }

    @Test
    void nobodyElseMayNameAClient() throws IOException {
        try (Heddle server = start("PROXY_TRUSTED", "127.0.0.9,10.0.0.0/8");
                RawClient client = RawClient.connect(server.port())) {
            assertEquals(101, handshake(client, forwardedFor(ADA)).status());
            assertTrue(peers(server).getFirst().startsWith("127.0.0.1:"), peers(server)::toString);
        }
    }

    @Test
    void addressesAreLimitedByWhomARequestIsFor() throws IOException {
        try (Heddle server = start("LIMITS_CONNECTIONS_PER_ADDRESS", "1");
                RawClient ada = RawClient.connect(server.port());
                RawClient again = RawClient.connect(server.port());
                RawClient bob = RawClient.connect(server.port());
                RawClient six = RawClient.connect(server.port());
                RawClient neighbour = RawClient.connect(server.port())) {
            assertEquals(101, handshake(ada, forwardedFor(ADA)).status());
            assertEquals(429, handshake(again, forwardedFor(ADA + ":80")).status());
            assertEquals(101, handshake(bob, forwardedFor(BOB)).status());
            assertEquals(101, handshake(six, forwardedFor("2001:db8::1")).status());
            assertEquals(429, handshake(neighbour, forwardedFor("2001:db8::ffff:2")).status());
            assertEquals(2, rejected(server, "too many connections"));
            ada.abort();
            Soon.until(() -> peers(server).size() == 2);
            Soon.until(
                    () -> {
                        try (RawClient next = RawClient.connect(server.port())) {
                            return handshake(next, forwardedFor(ADA)).status() == 101;
                        }
                    });
        }
    }

    /// A connection that a proxy keeps is nobody's.
    @Test
    void requestsOfManyClientsMayShareAConnection() throws IOException {
        try (Heddle server = start("LIMITS_CONNECTIONS_PER_ADDRESS", "1");
                RawClient shared = RawClient.connect(server.port());
                RawClient ada = RawClient.connect(server.port());
                RawClient bob = RawClient.connect(server.port())) {
            for (String client : List.of(ADA, BOB, ADA)) {
                List<String> headers = List.of("Host: " + shared.host(), forwardedFor(client));
                shared.send(RawClient.request("GET / HTTP/1.1", headers));
                assertEquals(200, shared.readAnswer("GET").status());
            }
            assertEquals(101, handshake(ada, forwardedFor(ADA)).status());
            assertEquals(101, handshake(bob, forwardedFor(BOB)).status());
            assertEquals(429, handshake(shared, forwardedFor(BOB)).status());
        }
    }

    @Test
    void loginsAreLimitedByTheClientsAddress() throws IOException {
        try (Heddle server = start("USERS_LOGINS_PER_MINUTE", "1")) {
            assertEquals("200", login(server, ADA));
            assertEquals("200", login(server, BOB));
            assertEquals("1009", login(server, ADA));
            assertEquals("200", login(server, "2001:db8:0:1::1"));
            assertEquals("1009", login(server, "2001:db8:0:1::2"));
            assertEquals("200", login(server, "2001:db8:0:2::1"));
        }
    }

    private static String login(Heddle server, String address) throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> headers = new ArrayList<>(client.upgradeHeaders());
            headers.add(forwardedFor(address));
            client.send(RawClient.request("GET /acc HTTP/1.1", headers));
            assertEquals(101, client.readAnswer("GET").status());
            client.send(
                    RawFrame.text(
                            "{\"seq\":\"1\",\"cmd\":\"login\",\"data\":"
                                    + "{\"serviceToken\":\"\",\"appID\":101,\"userID\":\"u\"}}"));
            String reply = client.readFrame().text();
            return reply.replaceFirst(".*\"code\":([0-9]+).*", "$1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-forwarded-for | X-Forwarded-Proto: https | https | 101",
                "x-forwarded-for | X-Forwarded-Proto: https | http  | 403",
                "x-forwarded-for | X-Forwarded-Proto: http  | http  | 101",
                "x-forwarded-for | X-Forwarded-Proto: http  | https | 403",
                "x-forwarded-for | X-A: 1                   | http  | 101",
                "x-forwarded-for | Forwarded: proto=https   | https | 403",
                "forwarded       | Forwarded: proto=https   | https | 101",
                "forwarded       | X-Forwarded-Proto: https | https | 403",
            })
    void theOwnPagesAreThoseOfTheSchemeThatTheClientHasSpoken(
            String header, String line, String scheme, int status) throws IOException {
        try (Heddle server = start("PROXY_HEADER", header);
                RawClient client = RawClient.connect(server.port())) {
            String origin = "Origin: " + scheme + "://" + client.host();
            assertEquals(status, handshake(client, line, origin).status());
        }
    }

    @Test
    void withTheProxyProtocolTheClientIsKnownBeforeItsFirstRequest() throws IOException {
        byte[] two =
                HexFormat.of()
                        .parseHex(
                                "0d0a0d0a000d0a515549540a"
                                        + "21110010"
                                        + "c0000202"
                                        + "7f000001"
                                        + "1267"
                                        + "0050"
                                        + "04000178");
        try (Heddle server = start("PROXY_PROTOCOL", "true");
                RawClient ada = proxied(server, line(ADA));
                RawClient bob = proxied(server, two)) {
            assertEquals(101, handshake(ada).status());
            assertEquals(List.of("192.0.2.1:4711"), peers(server));
            assertEquals(101, handshake(bob, forwardedFor("6.6.6.6")).status());
            assertEquals(Set.of("192.0.2.1:4711", "192.0.2.2:4711"), Set.copyOf(peers(server)));
            bob.send(RawFrame.text("hello"));
            assertEquals("hello", bob.readFrame().text());
        }
    }

    /// A field of the header says so; what the client claims does not count.
    @ParameterizedTest
    @CsvSource({
        "2000050100000000, https, 101",
        "2000050100000000, http, 403",
        "2000050000000000, http, 101",
        "2000050000000000, https, 403"
    })
    void withTheProxyProtocolTheOwnPagesAreThoseOfItsScheme(String field, String scheme, int status)
            throws IOException {
        String start = "0d0a0d0a000d0a515549540a21110014c00002027f00000112670050";
        try (Heddle server = start("PROXY_PROTOCOL", "true");
                RawClient client = proxied(server, HexFormat.of().parseHex(start + field))) {
            String origin = "Origin: " + scheme + "://" + client.host();
            assertEquals(status, handshake(client, origin, "X-Forwarded-Proto: ftp").status());
        }
    }

    /// A header in octets of its own, and a request glued to it.
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void theHeaderMayComeInPieces(int size) throws IOException {
        try (Heddle server = start("PROXY_PROTOCOL", "true");
                RawClient client = RawClient.connect(server.port())) {
            String request =
                    new String(line(ADA), StandardCharsets.ISO_8859_1)
                            + "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            client.sendInChops(request.getBytes(StandardCharsets.ISO_8859_1), size);
            assertEquals(200, client.readAnswer("GET").status());
        }
    }

    @Test
    void theProxyProtocolLimitsConnectionsBeforeTheFirstRequest() throws IOException {
        try (Heddle server =
                        start("PROXY_PROTOCOL", "true", "LIMITS_CONNECTIONS_PER_ADDRESS", "1");
                RawClient ada = proxied(server, line(ADA))) {
            assertEquals(101, handshake(ada).status());
            try (RawClient again = proxied(server, line(ADA))) {
                assertEquals(429, again.readAnswer("GET").status());
            }
            try (RawClient bob = proxied(server, line(BOB));
                    RawClient six = proxied(server, line("2001:db8::1"))) {
                assertEquals(101, handshake(bob).status());
                assertEquals(101, handshake(six).status());
                try (RawClient neighbour = proxied(server, line("2001:db8::2"))) {
                    assertEquals(429, neighbour.readAnswer("GET").status());
                }
            }
        }
    }

    /// Connections that have not said who they are take places of the whole server.
    @Test
    void theServersOwnLimitHoldsBeforeTheHeader() throws IOException {
        try (Heddle server = start("PROXY_PROTOCOL", "true", "LIMITS_CONNECTIONS", "1");
                RawClient silent = RawClient.connect(server.port())) {
            Soon.until(() -> server.connections() == 1);
            try (RawClient other = RawClient.connect(server.port())) {
                assertEquals(503, other.readAnswer("GET").status());
            }
            silent.send(line(ADA));
            assertEquals(101, handshake(silent).status());
        }
    }

    @Test
    void theHeaderIsRequiredFromProxiesAndRefusedFromOthers() throws IOException {
        String reason = "no header of the PROXY protocol, or a malformed one";
        try (Heddle server = start("PROXY_PROTOCOL", "true");
                RawClient plain = RawClient.connect(server.port())) {
            HttpAnswer answer = handshake(plain);
            assertEquals(400, answer.status());
            assertTrue(answer.body().contains(reason), answer::body);
            assertEquals(1, rejected(server, reason));
        }
        try (Heddle server = start("PROXY_PROTOCOL", "true", "PROXY_TRUSTED", "127.0.0.9");
                RawClient one = proxied(server, line(ADA));
                RawClient two = proxied(server, LOCAL);
                RawClient plain = RawClient.connect(server.port())) {
            assertEquals(400, handshake(one).status());
            assertEquals(400, two.readAnswer("GET").status());
            assertEquals(101, handshake(plain).status());
        }
    }

    @Test
    void healthChecksOfProxiesAreNoMistakes() throws IOException {
        try (Heddle server = start("PROXY_PROTOCOL", "true")) {
            RawClient.connect(server.port()).close();
            try (RawClient silent = proxied(server, LOCAL)) {
                silent.endOutput();
                silent.expectEnd();
            }
            try (RawClient asks = proxied(server, LOCAL)) {
                assertEquals(101, handshake(asks).status());
                assertTrue(
                        peers(server).getFirst().startsWith("127.0.0.1:"), peers(server)::toString);
            }
            Soon.until(() -> server.connections() == 0);
            assertAll(
                    server.counters().handshakesRejectedByReason().entrySet().stream()
                            .map(
                                    count ->
                                            () ->
                                                    assertEquals(
                                                            0,
                                                            count.getValue().sum(),
                                                            count.getKey())));
        }
    }

    @Test
    void theHeaderHasADeadlineOfItsOwn() throws Exception {
        try (HandTurnedServer server = handTurned()) {
            try (RawClient slow = RawClient.connect(server.port())) {
                slow.send("PROXY TCP".getBytes(StandardCharsets.US_ASCII));
                awaitAccepted(server);
                HttpAnswer answer = server.after(DEADLINE, () -> slow.readAnswer("GET"));
                assertEquals(408, answer.status());
            }
            server.awaitNothingLeft();
            try (RawClient silent = RawClient.connect(server.port())) {
                awaitAccepted(server);
                server.after(
                        DEADLINE,
                        () -> {
                            silent.expectEnd();
                            return true;
                        });
            }
            server.awaitNothingLeft();
            try (RawClient client = RawClient.connect(server.port())) {
                awaitAccepted(server);
                server.advance(DEADLINE - 200);
                client.send(line(ADA));
                server.advance(DEADLINE + 200); // the head's deadline begins with its header
                assertEquals(101, handshakeAtRoot(client).status());
            }
            server.awaitNothingLeft();
        }
    }

    /// Until then the server knows of no deadline.
    private static void awaitAccepted(HandTurnedServer server) {
        Soon.until(() -> server.admission.connections() == 1);
    }

    private static HttpAnswer handshakeAtRoot(RawClient client) throws IOException {
        client.sendHandshake("/");
        return client.readAnswer("GET");
    }

    private static HandTurnedServer handTurned() throws IOException {
        Network machine = new Network(InetAddress.ofLiteral("127.0.0.0"), 8);
        ProxySettings proxy =
                new ProxySettings(
                        List.of(machine),
                        ClientHeader.X_FORWARDED_FOR,
                        true,
                        Duration.ofMillis(DEADLINE));
        return new HandTurnedServer(
                EndpointSessions.of(new EchoEndpoint(), MessageRates.UNLIMITED),
                Settings.defaults().deadlines(),
                Settings.defaults().limits(),
                proxy);
    }
}
