package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.config.Deadlines;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/// Each deadline over a real socket, on a clock that the test turns by hand.
class ConnectionDeadlinesTest {
    private static final int OFF = 0;
    private static final int HEAD = 6000;
    private static final int MESSAGE = 5000;
    private static final int PING = 4000;
    private static final int PONG = 3000;
    private static final int IDLE = 12_000;
    private static final int WRITE = 3500;
    private static final int CLOSE = 4500;

    private HandTurnedServer server = serve(OFF, OFF);

    /// Answers each message with the thread that handles it.
    private static final class ThreadEndpoint implements Endpoint {
        @Override
        public void opened(Session session) {}

        @Override
        public void message(Session session, Message message) {
            session.send(Long.toString(Thread.currentThread().threadId()));
        }

        @Override
        public void closed(Session session) {}
    }

    private static HandTurnedServer serve(int ping, int idle) {
        return serve(new EchoEndpoint(), ping, idle);
    }

    private static HandTurnedServer serve(Endpoint endpoint, int ping, int idle) {
        Deadlines deadlines =
                new Deadlines(
                        new Deadlines.Receiving(
                                Duration.ofMillis(HEAD),
                                Duration.ofMillis(MESSAGE),
                                Duration.ofMillis(idle)),
                        new Deadlines.Liveness(Duration.ofMillis(ping), Duration.ofMillis(PONG)),
                        new Deadlines.Sending(Duration.ofMillis(WRITE), Duration.ofMillis(500)),
                        Duration.ofMillis(CLOSE),
                        new Deadlines.Stopping(
                                Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)),
                        Duration.ZERO);
        try {
            return new HandTurnedServer(endpoint, deadlines);
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

    private RawClient open() throws IOException {
        return RawClient.open(server.port(), "/").readWithin(Patience.BOUND);
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
            client.readWithin(Patience.BOUND);
            Soon.until(() -> server.admission.connections() == 1);
            assertEquals("", server.after(HEAD, client::readToEnd));
        }
    }

    @Test
    void aHeadMustBeWholeInTimeHoweverSteadilyItComes() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.readWithin(Patience.BOUND).send("GET / HTTP/1.1\r\n".getBytes(US_ASCII));
            Soon.until(() -> server.admission.connections() == 1);
            HttpAnswer answer =
                    server.after(
                            HEAD, () -> client.readAnswer("GET"), () -> client.send((byte) 'a'));
            assertEquals(408, answer.status());
        }
    }

    @Test
    void eachRequestHasItsOwnHeadDeadline() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            for (int i = 0; i < 5; i++) {
                client.sendHandshake("/page");
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
            server.after(MESSAGE - first, close(client, 1008));
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
                server.after(PING, () -> expect(client, RawFrame.PING));
                answerPing(client);
            }
            expectEcho(client, "alive");
        }
    }

    @Test
    void aDeadlineIsKeptThatIsShorterThanThoseBeforeTheUpgrade() throws Exception {
        serveInstead(PING / 8, OFF);
        try (RawClient client = open()) {
            assertEquals(RawFrame.PING, server.after(PING / 8, client::readFrame).opcode());
        }
    }

    /// The clock of a server that has just begun is near 0, as no ping's time is.
    @Test
    void whoIsSentMuchIsNotPingedBeforeAnIntervalIsOver() throws Exception {
        serveInstead(PING, OFF);
        server.turn(2 * PING);
        try (RawClient client = open()) {
            byte[] much = new byte[80 << 10];
            client.send(RawFrame.binary(much));
            assertEquals(much.length, client.readFrame().payload().length);
            server.advance(PING / 2);
            server.advance(PING / 4);
            expectEcho(client, "no ping");
        }
    }

    @Test
    void aPingWithoutAnswerEndsTheConnection() throws Exception {
        serveInstead(PING, OFF);
        try (RawClient client = open()) {
            int before = server.wheel.nowMillis();
            server.after(PING, () -> expect(client, RawFrame.PING));
            int since = server.wheel.nowMillis() - before - PING;
            server.after(PONG - since, close(client, 1001));
        }
    }

    @Test
    void anIdleClientIsToldToGoThoughItAnswersPings() throws Exception {
        serveInstead(PING, IDLE);
        try (RawClient client = open()) {
            int before = server.wheel.nowMillis();
            for (int i = 0; i < 2; i++) {
                server.after(PING, () -> expect(client, RawFrame.PING));
                answerPing(client);
            }
            int since = server.wheel.nowMillis() - before;
            server.after(IDLE - since, close(client, 1001));
        }
    }

    @Test
    void aMessageKeepsAClientFromBeingIdle() throws Exception {
        serveInstead(OFF, IDLE);
        try (RawClient client = open()) {
            for (int i = 0; i < 3; i++) {
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
        server.goneAfter(WRITE);
        client.close();
    }

    @Test
    void aPeerThatNeverAnswersACloseIsLeftAfterOneDeadline() throws Exception {
        try (RawClient client = open()) {
            server.goAway();
            assertEquals(1001, client.readFrame().closeCode());
            server.awaitAtRest();
            server.goneAfter(CLOSE);
        }
    }

    @Test
    void aConnectionThatHasRestedGoesOnWithAFreshThread() throws Exception {
        server.close();
        server = serve(new ThreadEndpoint(), PING, OFF);
        try (RawClient client = open()) {
            String thread = ask(client);
            assertEquals(thread, ask(client));
            client.send(RawFrame.of(RawFrame.PONG));
            assertEquals(thread, ask(client), "a pong that nobody asked for");
            server.after(PING, () -> expect(client, RawFrame.PING));
            answerPing(client);
            String fresh = ask(client);
            assertNotEquals(thread, fresh);
            assertEquals(fresh, ask(client));
        }
    }

    private static String ask(RawClient client) throws IOException {
        client.send(RawFrame.text("which thread?"));
        return expect(client, RawFrame.TEXT).text();
    }

    @Test
    void aPeerThatGoesOnAfterItsCloseIsLeftAfterOneDeadline() throws Exception {
        try (RawClient client = open()) {
            client.send(RawFrame.close(1000, ""), RawFrame.text("more"));
            client.expectClose(1000);
            server.awaitAtRest();
            server.goneAfter(CLOSE);
        }
    }

    @Test
    void aPeerThatSendsNothingAfterItsCloseIsLeftAtOnce() throws Exception {
        try (RawClient client = open()) {
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
            Soon.until(() -> server.admission.connections() == 0);
        }
    }

    /// Answers a ping, and sees to it that the server has noticed before the clock goes on.
    private static void answerPing(RawClient client) throws IOException {
        client.send(RawFrame.of(RawFrame.PONG), RawFrame.ping("noticed?"));
        expect(client, RawFrame.PONG);
    }

    private static RawFrame expect(RawClient client, int opcode) throws IOException {
        RawFrame frame = client.readFrame();
        assertEquals(opcode, frame.opcode(), frame::toString);
        return frame;
    }

    @Test
    void whoStillReadsALongAnswerHasLongerForThePongBehindIt() throws Exception {
        serveInstead(PING, OFF);
        int kib = 80;
        try (RawClient client = open()) {
            client.send(RawFrame.binary(new byte[kib << 10]));
            Soon.until(() -> server.counters.bytesOut.sum() > kib << 10);
            server.advance(PING);
            server.advance(PONG);
            server.advance(kib * 125 - 500);
            assertEquals(1, server.admission.connections());
            assertEquals(kib << 10, client.readFrame().payload().length);
            assertEquals(RawFrame.PING, client.readFrame().opcode());
            client.send(RawFrame.of(RawFrame.PONG));
            expectEcho(client, "alive");
        }
    }

    @Test
    void whoIsGoneBehindALongAnswerEndsOnceItCouldHaveBeenRead() throws Exception {
        serveInstead(PING, OFF);
        try (RawClient client = open()) {
            client.send(RawFrame.binary(new byte[8 << 10]));
            Soon.until(() -> server.counters.bytesOut.sum() > 8 << 10);
            server.advance(PING);
            server.goneAfter(PONG + 8 * 125);
        }
    }
}
