package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;

/// Connections that want a turn for each ping, pong or request get no more turns than their pace,
/// and everybody else is served meanwhile.
class LittleFloodsIT {
    private static final int FLOODS = 12;
    private static final int CONTROL_FRAMES_PER_SECOND = 500;
    private static final int ROUNDS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess("", "--set users.login-deadline=0s");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(LittleFlood.Kind.class)
    void honestClientsAndHealthChecksAreServedAmongFloodsOfLittle(LittleFlood.Kind kind)
            throws Exception {
        try (RawClient honest = RawClient.open(server.port(), "/ws").readWithin(PATIENCE)) {
            server.getInternal("/livez");
            long began = System.nanoTime();
            try (LittleFlood flood = new LittleFlood(kind, server.port(), FLOODS)) {
                Latencies roundTrips = new Latencies("a round trip");
                Latencies handshakes = new Latencies("a handshake");
                Latencies health = new Latencies("/livez");
                for (int i = 0; i < ROUNDS; i++) {
                    String text = "round " + i;
                    RawFrame heard =
                            roundTrips.time(
                                    () -> {
                                        honest.send(RawFrame.text(text));
                                        return heard(honest);
                                    });
                    assertEquals(text, heard.text());
                    if (i % 10 == 0) {
                        handshakes.time(LittleFloodsIT::open);
                        assertEquals(200, health.time(LittleFloodsIT::livez));
                    }
                }
                long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
                long answered = flood.answered();
                System.out.printf(
                        "%s: %s, %s, %s; %,d answers for the floods in %d s%n",
                        kind, roundTrips, handshakes, health, answered, seconds);
                long allowed = FLOODS * CONTROL_FRAMES_PER_SECOND * (seconds + 1);
                assertTrue(answered <= allowed, answered + " of " + allowed + " answers");
            }
        }
    }

    /// The next message, which the server's pings may come before.
    private static RawFrame heard(RawClient client) throws IOException {
        RawFrame frame = client.readFrame();
        while (frame.opcode() == RawFrame.PING) {
            client.send(RawFrame.of(RawFrame.PONG, frame.payload()));
            frame = client.readFrame();
        }
        return frame;
    }

    private static int livez() throws Exception {
        return server.getInternal("/livez").statusCode();
    }

    /// Opens one more connection.
    private static boolean open() throws Exception {
        RawClient client = RawClient.connect(server.port()).readWithin(PATIENCE);
        try (client) {
            client.send(RawClient.request("GET /ws HTTP/1.1", client.upgradeHeaders()));
            client.requireUpgrade(client.readAnswer("GET"));
            return true;
        }
    }
}
