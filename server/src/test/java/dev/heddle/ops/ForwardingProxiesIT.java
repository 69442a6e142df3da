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
import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;
import dev.heddle.telemetry.Traffic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
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

    /// Each way in which a proxy says who its client is.
    enum Way {
        NGINX_HEADERS(false) {
            @Override
            ProxyProcess start(Path folder, Place place) throws IOException {
                return Nginx.of(folder, place).start();
            }

            @Override
            ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
                String listen = "listen 127.0.0.1:" + place.port();
                String keys = "ssl_certificate %s; ssl_certificate_key %1$s; ".formatted(pem);
                return Nginx.of(folder, place).with(listen, keys + listen + " ssl").start();
            }
        },
        NGINX_STREAM(true) {
            @Override
            ProxyProcess start(Path folder, Place place) throws IOException {
                return Nginx.stream(folder, place, TestTools.require("nginxStream"));
            }
        },
        HAPROXY_HEADERS(false) {
            @Override
            ProxyProcess start(Path folder, Place place) throws IOException {
                return haproxy(place).start(folder);
            }

            @Override
            ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
                String bind = "bind 127.0.0.1:" + place.port();
                return haproxy(place)
                        .with(bind, bind + " ssl crt " + pem + " alpn http/1.1")
                        .start(folder);
            }

            private Haproxy haproxy(Place place) throws IOException {
                return Haproxy.of("haproxy.cfg", place)
                        .with("127.0.0.1:8081", "127.0.0.1:" + place.internalPort())
                        .with("bind 127.0.0.1:8090", "bind 127.0.0.1:" + place.servicesPort());
            }
        },
        HAPROXY_TCP(true) {
            @Override
            ProxyProcess start(Path folder, Place place) throws IOException {
                return Haproxy.of("haproxy-tcp.cfg", place).start(folder);
            }
        };

        final boolean speaksProtocol;

        Way(boolean speaksProtocol) {
            this.speaksProtocol = speaksProtocol;
        }

        abstract ProxyProcess start(Path folder, Place place) throws IOException;

        /// The same, with TLS that ends at the proxy.
        ///
        /// @param pem key and certificate
        ProxyProcess startWithTls(Path folder, Place place, Path pem) throws IOException {
            throw new UnsupportedOperationException(name());
        }
    }

    @FunctionalInterface
    private interface Starting {
        ProxyProcess start(Path folder, Place place) throws IOException;
    }

    @FunctionalInterface
    private interface Scene {
        void play(Heddle server, int port) throws Exception;
    }

    private void with(Way way, Map<String, String> settings, Scene scene) throws Exception {
        with(way, way::start, settings, scene);
    }

    /// Plays a scene with a server of these settings, and a proxy's port.
    private void with(Way way, Starting starting, Map<String, String> settings, Scene scene)
            throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HEDDLE_DIAGNOSTICS", "true");
        all.putIfAbsent("HEDDLE_PROXY_TRUSTED", "127.0.0.1");
        all.putIfAbsent("HEDDLE_PROXY_PROTOCOL", Boolean.toString(way.speaksProtocol));
        try (Heddle server = Heddle.start(TestServer.configured(all))) {
            List<Integer> ports = ProxyProcess.freePorts();
            Place place =
                    new Place(
                            server.port(),
                            server.internalPort(),
                            ports.getFirst(),
                            ports.getLast());
            ProxyProcess proxy = starting.start(folder, place);
            try {
                scene.play(server, place.port());
            } finally {
                proxy.end();
            }
        }
    }

    private static HttpAnswer handshake(RawClient client) throws IOException {
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        headers.addAll(List.of("X-Forwarded-For: 6.6.6.6", "Forwarded: for=6.6.6.6"));
        client.send(RawClient.request("GET /ws HTTP/1.1", headers));
        return client.readAnswer("GET");
    }

    @ParameterizedTest
    @EnumSource
    void theServerKnowsItsClientsWhateverTheyClaim(Way way) throws Exception {
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

    @ParameterizedTest
    @EnumSource(names = {"NGINX_HEADERS", "HAPROXY_HEADERS"})
    void itsOwnPagesBehindTlsNeedNoSetting(Way way) throws Exception {
        SelfSigned keys = SelfSigned.in(folder);
        with(
                way,
                (in, place) -> way.startWithTls(in, place, keys.pem()),
                Map.of(),
                (server, port) -> {
                    String own = "127.0.0.1:" + port;
                    assertEquals("101", status(keys, port, "https://" + own));
                    assertEquals("403", status(keys, port, "http://" + own));
                    assertEquals("403", status(keys, port, "https://evil.example"));
                });
    }

    /// What a page of this origin gets that claims to have come without TLS.
    private static String status(SelfSigned keys, int port, String origin) throws IOException {
        try (Socket socket = keys.trust().getSocketFactory().createSocket("127.0.0.1", port)) {
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
                Way.HAPROXY_TCP,
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
                Way.NGINX_HEADERS,
                Map.of("HEDDLE_PROXY_TRUSTED", "127.0.0.9"),
                (server, port) -> {
                    try (RawClient ada = RawClient.connectFrom(ADA, port)) {
                        assertEquals(101, handshake(ada).status());
                        assertEquals(List.of("127.0.0.1"), clients(server));
                    }
                });
    }
}
