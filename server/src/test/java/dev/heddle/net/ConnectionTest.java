package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Deadlines;
import dev.heddle.config.Limits;
import dev.heddle.config.Settings;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;

/// What becomes of a connection, and that nothing of it is left, whoever ends it.
class ConnectionTest {
    private static final int MAX_HANDSHAKES = 8;
    private static final Deadlines DEADLINES = Settings.defaults().deadlines();

    /// Echoes, but throws where it is told to.
    private record Faulty(String where) implements Endpoint {
        private void failAt(String place) {
            if (where.equals(place)) {
                throw new IllegalStateException("thrown by a test");
            }
        }

        @Override
        public void opened(Session session) {
            failAt("opened");
        }

        @Override
        public void message(Session session, Message message) {
            failAt("message");
            new EchoEndpoint().message(session, message);
        }

        @Override
        public void closed(Session session) {
            failAt("closed");
        }
    }

    private static Limits limits(int connections, int perAddress) {
        Limits limits = Settings.defaults().limits();
        return new Limits(
                limits.head(),
                new Limits.ConnectionBounds(
                        connections,
                        perAddress,
                        MAX_HANDSHAKES,
                        limits.connections().backlog(),
                        limits.connections().retryAfter()),
                limits.hub(),
                limits.maxUnfinishedBytes(),
                limits.maxOutboxBytes(),
                limits.paces());
    }

    private static HandTurnedServer serve(int connections, int perAddress) throws IOException {
        return new HandTurnedServer(new EchoEndpoint(), DEADLINES, limits(connections, perAddress));
    }

    private static RawClient open(HandTurnedServer server) throws IOException {
        return RawClient.open(server.port(), "/");
    }

    private static void expectEcho(RawClient client) throws IOException {
        client.send(RawFrame.text("a"));
        assertEquals("a", client.readFrame().text());
    }

    @Test
    void aHandshakeThatTheEndpointFailsIsAnsweredWith500() throws Exception {
        try (HandTurnedServer server = new HandTurnedServer(new Faulty("opened"), DEADLINES)) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.sendHandshake("/");
                assertEquals(500, client.readAnswer("GET").status());
                client.expectEnd();
            }
            server.awaitNothingLeft();
            assertEquals(1, server.counters.bugs.sum());
        }
    }

    @Test
    void anActionThatFailsIsAnsweredWith500() throws Exception {
        try (HandTurnedServer server = serve(0, 0)) {
            try (RawClient client = RawClient.connect(server.port())) {
                client.sendHandshake("/fails");
                assertEquals(500, client.readAnswer("GET").status());
                client.expectEnd();
            }
            server.awaitNothingLeft();
        }
    }

    @Test
    void aMessageThatTheEndpointFailsEndsWith1011() throws Exception {
        try (HandTurnedServer server = new HandTurnedServer(new Faulty("message"), DEADLINES)) {
            try (RawClient client = open(server)) {
                client.send(RawFrame.text("a"), RawFrame.text("b"));
                client.expectClose(1011);
            }
            server.awaitNothingLeft();
            assertEquals(1, server.counters.bugs.sum());
        }
    }

    @Test
    void anEndThatTheEndpointFailsHarmsNobody() throws Exception {
        try (HandTurnedServer server = new HandTurnedServer(new Faulty("closed"), DEADLINES)) {
            try (RawClient client = open(server)) {
                expectEcho(client);
            }
            server.awaitNothingLeft();
            assertEquals(1, server.counters.bugs.sum());
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 503", "0, 2, 429"})
    void whoIsTooManyIsToldSoAndTakesNobodysPlace(int all, int perAddress, int status)
            throws Exception {
        try (HandTurnedServer server = serve(all, perAddress)) {
            List<RawClient> refused = new ArrayList<>();
            try (RawClient first = open(server);
                    RawClient second = open(server)) {
                for (int i = 0; i < 5; i++) {
                    RawClient client = RawClient.connect(server.port());
                    HttpAnswer answer = client.readAnswer("GET");
                    assertEquals(status, answer.status());
                    int seconds = Integer.parseInt(answer.header("Retry-After"));
                    assertTrue(seconds >= 1 && seconds <= 30, () -> seconds + " s");
                    refused.add(client);
                }
                expectEcho(first);
                second.abort();
                Soon.until(() -> server.admission.connections() == 6);
                try (RawClient third = open(server)) {
                    expectEcho(third);
                }
            }
            for (RawClient client : refused) {
                client.close();
            }
            server.awaitNothingLeft();
        }
    }

    @Test
    void whoSaysNothingHasLessTimeWhileItKeepsOthersOut() throws Exception {
        try (HandTurnedServer server = serve(2, 0)) {
            try (RawClient first = RawClient.connect(server.port());
                    RawClient busy = open(server)) {
                first.readWithin(Patience.BOUND);
                Soon.until(() -> server.admission.connections() == 2);
                assertEquals("", server.after(2000, first::readToEnd));
                Soon.until(() -> server.admission.connections() == 1);
                try (RawClient third = open(server)) {
                    expectEcho(third);
                    expectEcho(busy);
                }
            }
            server.awaitNothingLeft();
        }
    }

    @Test
    void howeverManySayNothingTheyKeepNobodyOut() throws Exception {
        List<RawClient> silent = new ArrayList<>();
        try (HandTurnedServer server = serve(0, 0)) {
            for (int i = 0; i < 3 * MAX_HANDSHAKES; i++) {
                silent.add(RawClient.connect(server.port()));
                if (i == MAX_HANDSHAKES) {
                    Soon.until(() -> server.admission.pause() == AcceptPause.HEADS);
                }
            }
            try (RawClient client = open(server)) {
                expectEcho(client);
            }
            assertTrue(server.counters.acceptPausesByReason().containsKey("heads"));
            for (RawClient client : silent) {
                client.close();
            }
            server.awaitNothingLeft();
        }
    }

    @Test
    void whenItGoesAwayEachClientGetsItsGoodbye() throws Exception {
        try (HandTurnedServer server = serve(0, 0)) {
            try (RawClient webSocket = open(server);
                    RawClient keptAlive = RawClient.connect(server.port());
                    RawClient silent = RawClient.connect(server.port())) {
                byte[] request = RawClient.request("GET /page HTTP/1.1", List.of("Host: a"));
                keptAlive.send(request);
                assertEquals(200, keptAlive.readAnswer("GET").status());
                Soon.until(() -> server.admission.connections() == 3);
                server.goAway();
                assertEquals(1001, webSocket.readFrame().closeCode());
                webSocket.send(RawFrame.close(1001, ""));
                webSocket.expectEnd();
                keptAlive.expectEnd();
                silent.expectEnd();
            }
            server.awaitNothingLeft();
        }
    }

    @Test
    void onceClosedItTakesNobodyAndHasLetGoOfEverybody() throws Exception {
        HandTurnedServer server = serve(0, 0);
        int port = server.port();
        try (RawClient client = open(server)) {
            client.send(RawFrame.text("a").unfinished());
            server.close();
            assertThrows(ConnectException.class, () -> RawClient.connect(port));
            server.awaitNothingLeft();
        }
    }
}
