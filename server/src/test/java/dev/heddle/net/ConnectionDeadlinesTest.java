package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.config.Deadlines;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/// Each deadline over a real socket, on a clock that the test turns by hand: at least the deadline,
/// and not much more of the clock's time.
class ConnectionDeadlinesTest {
    private static final int OFF = 0;
    private static final int HEAD = 6000;
    private static final int MESSAGE = 5000;
    private static final int PING = 4000;
    private static final int PONG = 3000;
    private static final int IDLE = 12_000;
    private static final int WRITE = 3500;
    private static final int CLOSE = 4500;

    /// What the server's threads need to notice something, on a busy machine.
    private static final int SLACK = 1500;

    private HandTurnedServer server = serve(OFF, OFF);

    private static HandTurnedServer serve(int ping, int idle) {
        Deadlines deadlines =
                new Deadlines(
                        Duration.ofMillis(HEAD),
                        Duration.ofMillis(MESSAGE),
                        Duration.ofMillis(ping),
                        Duration.ofMillis(PONG),
                        Duration.ofMillis(idle),
                        Duration.ofMillis(WRITE),
                        Duration.ofMillis(CLOSE),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500));
        try {
            return new HandTurnedServer(new EchoEndpoint(), deadlines);
        } catch (IOException unbound) {
            throw new AssertionError(unbound);
        }
    }

    private void serveInstead(int ping, int idle) throws IOException {
        server.close();
        server = serve(ping, idle);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        server.awaitNothingLeft();
        assertEquals(0, server.counters.bugs.sum());
    }

    private static void assertAbout(int expectedMillis, int millis) {
        assertTrue(
                millis >= expectedMillis - SLACK && millis <= expectedMillis + SLACK,
                () -> "after " + millis + " ms instead of about " + expectedMillis);
    }

    private RawClient open() throws IOException {
        return RawClient.open(server.port(), "/").readWithin(Duration.ofSeconds(30));
    }

    private static void expectEcho(RawClient client, String text) throws IOException {
        client.send(RawFrame.text(text));
        assertEquals(text, client.readFrame().text());
    }

    private static Callable<String> close(RawClient client, int code) {
        return () -> {
            client.expectClose(code);
            return "";
        };
    }

    @Test
    void aConnectionThatSendsNothingEndsWithoutAResponse() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.readWithin(Duration.ofSeconds(30));
            assertAbout(HEAD, server.millisUntil(client::readToEnd));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void aHeadMustBeWholeInTimeHoweverSteadilyItComes() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.readWithin(Duration.ofSeconds(30)).send("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
            int millis =
                    server.millisUntil(
                            () -> {
                                assertEquals(408, client.readAnswer("GET").status());
                                return null;
                            },
                            () -> {
                                client.send((byte) 'a');
                                server.wheel.advance();
                            });
            assertAbout(HEAD, millis);
        }
    }

    @Test
    void eachRequestHasItsOwnHeadDeadline() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            for (int i = 0; i < 5; i++) {
                client.send(RawClient.request("GET /page HTTP/1.1", client.upgradeHeaders()));
                assertEquals(200, client.readAnswer("GET").status());
                server.advance(HEAD / 2);
            }
        }
    }

    @Test
    void aMessageMustBeWholeInTimeWhateverComesBetweenItsFragments() throws Exception {
        try (RawClient client = open()) {
            client.send(RawFrame.text("a").unfinished());
            client.send(RawFrame.ping("are you there?"));
            assertEquals(RawFrame.PONG, client.readFrame().opcode());
            int first = MESSAGE / 2;
            server.advance(first);
            client.send(RawFrame.of(RawFrame.CONTINUATION, (byte) 'b').unfinished());
            client.send(RawFrame.ping("still there?"));
            assertEquals(RawFrame.PONG, client.readFrame().opcode());
            assertAbout(MESSAGE - first, server.millisUntil(close(client, 1008)));
        }
    }

    @Test
    void manyMessagesMayTakeLongerThanOneMay() throws Exception {
        try (RawClient client = open()) {
            for (int i = 0; i < 5; i++) {
                client.send(RawFrame.text("a").unfinished());
                server.advance(MESSAGE / 2);
                client.send(RawFrame.of(RawFrame.CONTINUATION));
                assertEquals("a", client.readFrame().text());
            }
        }
    }

    @Test
    void anAnsweredPingKeepsAClientHoweverFastTheAnswerIs() throws Exception {
        serveInstead(PING, OFF);
        try (RawClient client = open()) {
            for (int i = 0; i < 3; i++) {
                assertAbout(PING, server.millisUntil(() -> expect(client, RawFrame.PING)));
                client.send(RawFrame.of(RawFrame.PONG));
            }
            expectEcho(client, "alive");
        }
    }

    @Test
    void aPingWithoutAnswerEndsTheConnection() throws Exception {
        serveInstead(PING, OFF);
        try (RawClient client = open()) {
            assertAbout(PING, server.millisUntil(() -> expect(client, RawFrame.PING)));
            assertAbout(PONG, server.millisUntil(close(client, 1001)));
        }
    }

    @Test
    void anIdleClientIsToldToGoThoughItAnswersPings() throws Exception {
        serveInstead(PING, IDLE);
        try (RawClient client = open()) {
            int millis = 0;
            RawFrame[] last = new RawFrame[1];
            do {
                millis += server.millisUntil(() -> last[0] = client.readFrame());
                client.send(RawFrame.of(RawFrame.PONG));
            } while (last[0].opcode() == RawFrame.PING);
            assertEquals(1001, last[0].closeCode());
            assertAbout(IDLE, millis);
        }
    }

    @Test
    void aMessageKeepsAClientFromBeingIdle() throws Exception {
        serveInstead(OFF, IDLE);
        try (RawClient client = open()) {
            for (int i = 0; i < 3; i++) {
                Soon.until(() -> server.leased() == 0);
                server.advance(IDLE / 2);
                expectEcho(client, "busy");
            }
        }
    }

    @Test
    void aWriteThatThePeerDoesNotTakeEndsTheConnection() throws Exception {
        RawClient client = open();
        byte[] payload = new byte[1 << 20];
        LongAdder sent = new LongAdder();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                while (true) {
                                    client.send(RawFrame.binary(payload));
                                    sent.increment();
                                }
                            } catch (IOException ended) {
                                sent.reset();
                            }
                        });
        HandTurnedServer.awaitStandstill(sent);
        assertAbout(WRITE, server.millisUntilGone());
        client.close();
    }

    @Test
    void aPeerThatNeverAnswersACloseIsLeftAfterOneDeadline() throws Exception {
        try (RawClient client = open()) {
            server.goAway();
            assertEquals(1001, client.readFrame().closeCode());
            assertAbout(CLOSE, server.millisUntilGone());
        }
    }

    @Test
    void aPeerThatGoesOnAfterItsCloseIsLeftAfterOneDeadline() throws Exception {
        try (RawClient client = open()) {
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
            assertAbout(CLOSE, server.millisUntilGone());
        }
    }

    private static RawFrame expect(RawClient client, int opcode) throws IOException {
        RawFrame frame = client.readFrame();
        assertEquals(opcode, frame.opcode(), frame::toString);
        return frame;
    }
}
