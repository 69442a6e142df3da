package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.Heddle;
import dev.heddle.ops.ProxyContract.Place;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;
import dev.heddle.telemetry.Traffic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// That a server behind the real proxies, each with its file from `ops/`, knows its clients: here
/// they are other loopback addresses than the proxy's.
class ForwardingProxiesIT {
    private static final String ADA = "127.0.0.3";
    private static final String BOB = "127.0.0.4";

    @TempDir private Path folder;

    @FunctionalInterface
    private interface Starting {
        ProxyProcess start(Path folder, Place place) throws IOException;
    }

    @FunctionalInterface
    private interface Scene {
        void play(Heddle server, int port) throws Exception;
    }

    private void with(ProxyWay way, Map<String, String> settings, Scene scene) throws Exception {
        with(way, way::start, settings, scene);
    }

    /// Plays a scene with a server of these settings, and a proxy's port.
    private void with(ProxyWay way, Starting starting, Map<String, String> settings, Scene scene)
            throws Exception {
        try (Heddle server = start(way, settings)) {
            Place place = place(server, server.port());
            ProxyProcess proxy = starting.start(folder, place);
            try {
                scene.play(server, place.port());
            } finally {
                proxy.end();
            }
        }
    }

    private static Heddle start(ProxyWay way, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HEDDLE_DIAGNOSTICS", "true");
        all.putIfAbsent("HEDDLE_PROXY_TRUSTED", "127.0.0.1");
        all.putIfAbsent("HEDDLE_PROXY_PROTOCOL", Boolean.toString(way.speaksProtocol));
        return Heddle.start(TestServer.configured(all));
    }

    private static Place place(Heddle server, int backend) throws IOException {
        List<Integer> ports = ProxyProcess.freePorts();
        return new Place(backend, server.internalPort(), ports.getFirst(), ports.getLast());
    }

    private static HttpAnswer handshake(RawClient client) throws IOException {
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        headers.addAll(List.of("X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6"));
        client.send(RawClient.request("GET /ws HTTP/1.1", headers));
        return client.readAnswer("GET");
    }

    @ParameterizedTest
    @EnumSource
    void theServerKnowsItsClientsWhateverTheyClaim(ProxyWay way) throws Exception {
        with(
                way,
                Map.of("HEDDLE_LIMITS_CONNECTIONS_PER_ADDRESS", "1"),
                (server, port) -> {
                    try (RawClient ada = RawClient.connectFrom(ADA, port);
                            RawClient bob = RawClient.connectFrom(BOB, port)) {
                        assertEquals(101, handshake(ada).status());
                        assertEquals(List.of(ADA), clients(server));
                        try (RawClient again = RawClient.connectFrom(ADA, port)) {
                            assertEquals(429, handshake(again).status());
                        }
                        assertEquals(101, handshake(bob).status());
                        bob.send(RawFrame.text("hello"));
                        assertEquals("hello", ada.readFrame().text());
                    }
                });
    }

    /// nginx's version of the PROXY protocol cannot say that the client spoke TLS.
    @ParameterizedTest
    @EnumSource
    void itsOwnPagesBehindTlsNeedNoSetting(ProxyWay way) throws Exception {
        TestCertificate keys = TestCertificate.in(folder);
        String own = way == ProxyWay.NGINX_STREAM ? "403" : "101";
        String plain = way == ProxyWay.NGINX_STREAM ? "101" : "403";
        with(
                way,
                (in, place) -> way.startWithTls(in, place, keys.both()),
                Map.of("HEDDLE_ALLOW_ORIGIN", "https://chat.example"),
                (server, port) -> {
                    String host = "127.0.0.1:" + port;
                    assertEquals(own, status(keys, port, "https://" + host));
                    assertEquals(plain, status(keys, port, "http://" + host));
                    assertEquals("101", status(keys, port, "https://chat.example"));
                    assertEquals("403", status(keys, port, "https://evil.example"));
                });
    }

    /// To the server, behind the header of the PROXY protocol.
    @ParameterizedTest
    @EnumSource(names = {"NGINX_STREAM", "HAPROXY_TCP"})
    void tlsGoesThroughAsItIs(ProxyWay way) throws Exception {
        TestCertificate keys = TestCertificate.in(folder);
        with(
                way,
                keys.variables(),
                (server, port) -> {
                    try (RawClient ada =
                            RawClient.connectFrom(ADA, port, keys.client().getSocketFactory())) {
                        assertEquals(101, handshake(ada).status());
                        assertEquals(List.of(ADA), clients(server));
                        String text = "weft".repeat(50_000);
                        ada.send(RawFrame.text(text));
                        assertEquals(text, ada.readFrame().text());
                    }
                });
    }

    private static Socket tlsFromAda(TestCertificate keys, int port) throws IOException {
        Socket plain = new Socket();
        plain.bind(new InetSocketAddress(InetAddress.ofLiteral(ADA), 0));
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return keys.client().getSocketFactory().createSocket(plain, "localhost", port, true);
    }

    @ParameterizedTest
    @EnumSource
    void newClientsGoToTheServerThatHasFewest(ProxyWay way) throws Exception {
        try (Heddle one = start(way, Map.of());
                Heddle other = start(way, Map.of())) {
            Place place = place(one, one.port());
            ProxyProcess proxy = way.startForTwo(folder, place, other.port());
            List<RawClient> all = new ArrayList<>();
            try {
                List<RawClient> ofOne = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int before = one.connections();
                    all.add(RawClient.open(place.port(), "/ws"));
                    if (one.connections() > before) {
                        ofOne.add(all.getLast());
                    }
                }
                assertEquals(List.of(4, 4), List.of(one.connections(), other.connections()));
                for (RawClient each : ofOne) {
                    each.close();
                }
                Soon.until(() -> one.connections() == 0);
                Soon.until(() -> goesTo(one, place.port(), all)); // once the proxy knows it, too
                for (int i = 0; i < 2; i++) {
                    all.add(RawClient.open(place.port(), "/ws"));
                }
                Soon.untilAsserted(
                        () ->
                                assertEquals(
                                        List.of(3, 4),
                                        List.of(one.connections(), other.connections())));
            } finally {
                for (RawClient each : all) {
                    each.close();
                }
                proxy.end();
            }
        }
    }

    /// Whether a new client goes to this server; one that does not leaves.
    private static boolean goesTo(Heddle server, int port, List<RawClient> all) throws IOException {
        int before = server.connections();
        RawClient client = RawClient.open(port, "/ws");
        if (server.connections() == before) {
            client.close();
            return false;
        }
        all.add(client);
        return true;
    }

    /// What a page of this origin gets that claims to have come without TLS.
    private static String status(TestCertificate keys, int port, String origin) throws IOException {
        try (Socket socket = tlsFromAda(keys, port)) {
            List<String> headers = new ArrayList<>(RawClient.upgradeHeaders("127.0.0.1:" + port));
            headers.addAll(List.of("Origin: " + origin, "X-Forwarded-Proto: http"));
            socket.getOutputStream().write(RawClient.request("GET /ws HTTP/1.1", headers));
            byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return new String(line, US_ASCII).substring("HTTP/1.1 ".length());
        }
    }

    private static List<String> clients(Heddle server) {
        return server.inspection().connections().stream()
                .map(Traffic::peer)
                .map(peer -> peer.substring(0, peer.lastIndexOf(':')))
                .toList();
    }

    /// Checks of HAProxy's on the public port itself, over the PROXY protocol and without.
    @Test
    void healthChecksOfHaproxyAreNoRefusedRequests() throws Exception {
        with(
                ProxyWay.HAPROXY_TCP,
                Map.of(),
                (server, port) -> {
                    ProxyProcess checking =
                            Haproxy.of(
                                            "haproxy-tcp.cfg",
                                            new Place(
                                                    server.port(),
                                                    server.internalPort(),
                                                    ProxyProcess.freePorts().getFirst(),
                                                    0))
                                    .with("option httpchk GET /readyz", "option tcp-check")
                                    .with(
                                            " check port " + server.internalPort() + " inter 2s",
                                            " check inter 100ms")
                                    .start(folder);
                    try {
                        long before = server.counters().accepted.sum();
                        Soon.until(() -> server.counters().accepted.sum() >= before + 5);
                        Soon.until(() -> server.connections() == 0);
                        assertTrue(
                                server.counters().handshakesRejectedByReason().values().stream()
                                        .allMatch(count -> count.sum() == 0),
                                () -> server.counters().handshakesRejectedByReason().toString());
                    } finally {
                        checking.end();
                    }
                });
    }

    /// A proxy that is not trusted is the client.
    @Test
    void aProxyThatIsNotTrustedIsTakenForTheClient() throws Exception {
        with(
                ProxyWay.NGINX_HEADERS,
                Map.of("HEDDLE_PROXY_TRUSTED", "127.0.0.9"),
                (server, port) -> {
                    try (RawClient ada = RawClient.connectFrom(ADA, port)) {
                        assertEquals(101, handshake(ada).status());
                        assertEquals(List.of("127.0.0.1"), clients(server));
                    }
                });
    }
}
