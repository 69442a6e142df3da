package dev.heddle.endpoint;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.Mount;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.EndpointSettings;
import dev.heddle.config.MessageRates;
import dev.heddle.config.Settings;
import dev.heddle.config.Subprotocols;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.LogLines;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Endpoints of a program's own, over real sockets.
class EndpointTest {
    private static final Settings SETTINGS =
            Settings.of(
                    Map.of(
                            "host", "127.0.0.1",
                            "port", "0",
                            "internal.port", "0",
                            "diagnostics", "true"));

    /// Tells everyone who comes, speaks and goes.
    private record Chat(Everyone everyone) implements Endpoint {
        @Override
        public void opened(Session session) {
            everyone.publish("hello " + session.id());
        }

        @Override
        public void message(Session session, Message message) {
            everyone.publish(message);
        }

        @Override
        public void closed(Session session) {
            everyone.publish("goodbye " + session.id());
        }
    }

    /// Notes what happens, and fails when it is told to.
    private static final class Diary implements Endpoint {
        private final List<String> entries = new CopyOnWriteArrayList<>();

        @Override
        public void opened(Session session) {
            entries.add("opened");
        }

        @Override
        public void message(Session session, Message message) {
            if (message.isText() && message.text().equals("fail")) {
                throw new IllegalStateException("thrown by a test");
            }
            entries.add((message.isText() ? "text " : "binary ") + message.length());
            session.send(message);
        }

        @Override
        public void closed(Session session) {
            entries.add("closed");
            session.send("nobody gets this");
            assertFalse(session.offer("nor this"));
        }
    }

    @Test
    void everyoneHearsWhoComesSpeaksAndGoes() throws IOException {
        try (Heddle server = started("/chat", Chat::new);
                RawClient ada = RawClient.open(server.port(), "/chat")) {
            String first = ada.readFrame().text();
            assertTrue(first.matches("hello [0-9]+"), first);
            try (RawClient bob = RawClient.open(server.port(), "/chat")) {
                String second = ada.readFrame().text();
                assertEquals(second, bob.readFrame().text());
                bob.send(RawFrame.text("äh"), RawFrame.binary((byte) 1, (byte) 2));
                for (RawClient each : List.of(ada, bob)) {
                    assertEquals("äh", each.readFrame().text());
                    assertEquals(2, each.readFrame().payload().length);
                }
                bob.send(RawFrame.close(1000, ""));
                bob.expectClose(1000);
                assertEquals(second.replace("hello", "goodbye"), ada.readFrame().text());
            }
        }
    }

    @Test
    void theEndpointsOfTheServerAreThereToo() throws IOException {
        try (Heddle server = started("/chat", Chat::new);
                RawClient echo = RawClient.open(server.port(), "/echo")) {
            echo.send(RawFrame.text("hello"));
            assertEquals("hello", echo.readFrame().text());
        }
    }

    @Test
    void oneLineIsAnEndpoint() throws IOException {
        EndpointSettings where = EndpointSettings.at("/", "/v1/length");
        try (Heddle server =
                Heddle.start(
                        SETTINGS,
                        Mount.of(
                                where,
                                (session, message) -> session.send("" + message.length())))) {
            for (String path : where.paths()) {
                try (RawClient client = RawClient.open(server.port(), path)) {
                    client.send(RawFrame.text("four"));
                    assertEquals("4", client.readFrame().text());
                }
            }
        }
    }

    @Test
    void anEndpointSeesTheSubprotocolThatIsAgreedOn() throws IOException {
        EndpointSettings where =
                EndpointSettings.at("/says")
                        .withSubprotocols(Subprotocols.optional("graphql-transport-ws", "soap"));
        Endpoint says = (session, message) -> session.send(session.subprotocol().orElse("none"));
        try (Heddle server = Heddle.start(SETTINGS, Mount.of(where, says))) {
            assertEquals("none", whatItSays(server));
            assertEquals("none", whatItSays(server, "Sec-WebSocket-Protocol: mqtt"));
            assertEquals("soap", whatItSays(server, "Sec-WebSocket-Protocol: mqtt, soap"));
            assertEquals(
                    "graphql-transport-ws",
                    whatItSays(
                            server,
                            "sec-websocket-protocol: mqtt",
                            "Sec-WebSocket-Protocol: graphql-transport-ws, soap"));
        }
    }

    /// The JDK's client ends the connection when an answer names what it has not asked for.
    @Test
    void aRealClientLearnsTheSubprotocolThatIsAgreedOn() throws Exception {
        EndpointSettings where =
                EndpointSettings.at("/soap").withSubprotocols(Subprotocols.mandatory("soap"));
        Endpoint says = (session, message) -> session.send(session.subprotocol().orElse("none"));
        try (Heddle server = Heddle.start(SETTINGS, Mount.of(where, says));
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/soap");
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .subprotocols("mqtt", "soap")
                            .buildAsync(uri, new WebSocket.Listener() {})
                            .get(60, TimeUnit.SECONDS);
            assertEquals("soap", socket.getSubprotocol());
            socket.abort();
        }
    }

    /// What it says to a client whose handshake has these lines too; its answer names the same.
    private static String whatItSays(Heddle server, String... offers) throws IOException {
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> headers = new ArrayList<>(client.upgradeHeaders());
            headers.addAll(List.of(offers));
            client.send(RawClient.request("GET /says HTTP/1.1", headers));
            HttpAnswer answer = client.readAnswer("GET");
            client.send(RawFrame.text("which?"));
            String says = client.readFrame().text();
            String named = answer.header("Sec-WebSocket-Protocol");
            assertEquals(says, named.isEmpty() ? "none" : named);
            return says;
        }
    }

    @Test
    void whatItThrowsEndsThatOneSessionAndIsCounted() throws IOException {
        Diary diary = new Diary();
        try (Heddle server = started("/diary", diary);
                RawClient other = RawClient.open(server.port(), "/diary");
                RawClient client = RawClient.open(server.port(), "/diary")) {
            client.send(RawFrame.text("fail"));
            client.expectClose(1011);
            Soon.until(() -> diary.entries.contains("closed"));
            assertEquals(1, server.counters().bugs.sum());
            other.send(RawFrame.text("still there?"));
            assertEquals("still there?", other.readFrame().text());
            assertEquals(List.of("opened", "opened", "closed", "text 12"), diary.entries);
        }
    }

    @Test
    void limitsOfItsOwnHold() throws IOException {
        EndpointLimits limits = EndpointLimits.defaults().withMaxMessageBytes(10);
        EndpointSettings where = EndpointSettings.at("/diary").withLimits(limits);
        try (Heddle server = Heddle.start(SETTINGS, Mount.of(where, new Diary()));
                RawClient client = RawClient.open(server.port(), "/diary")) {
            client.send(RawFrame.text("0123456789"));
            assertEquals("0123456789", client.readFrame().text());
            client.send(RawFrame.text("0123456789a"));
            client.expectClose(1009);
        }
    }

    @Test
    void ratesOfItsOwnHold() throws IOException {
        EndpointSettings where = EndpointSettings.at("/diary").withRates(new MessageRates(1, 0));
        try (Heddle server = Heddle.start(SETTINGS, Mount.of(where, new Diary()));
                RawClient client = RawClient.open(server.port(), "/diary")) {
            RawFrame[] messages = new RawFrame[4];
            Arrays.fill(messages, RawFrame.text("x"));
            long began = System.nanoTime();
            client.send(messages);
            client.readFrame();
            client.readFrame();
            assertTrue(System.nanoTime() - began > 500_000_000, "the second one came at once");
        }
    }

    @Test
    void anyThreadMaySendAndClose() throws Exception {
        List<Session> sessions = new CopyOnWriteArrayList<>();
        Endpoint endpoint =
                new Endpoint() {
                    @Override
                    public void opened(Session session) {
                        sessions.add(session);
                    }

                    @Override
                    public void message(Session session, Message message) {}
                };
        try (Heddle server = started("/feed", endpoint);
                RawClient client = RawClient.open(server.port(), "/feed")) {
            Session session = sessions.getFirst();
            assertTrue(session.isOpen());
            assertTrue(session.address().getAddress().isLoopbackAddress());
            assertTrue(session.offer("one"));
            session.send(new byte[] {1, 2, 3});
            Thread.startVirtualThread(() -> session.close(4000, "enough")).join();
            assertFalse(session.isOpen());
            session.send("too late");
            assertEquals("one", client.readFrame().text());
            assertEquals(3, client.readFrame().payload().length);
            RawFrame close = client.readFrame();
            assertEquals(4000, close.closeCode());
        }
    }

    @ParameterizedTest
    @CsvSource({"999, ok", "1005, ok", "1006, ok", "5000, ok", "1000, long"})
    void onlyWhatACloseFrameCanCarryCloses(int code, String reason) throws IOException {
        String said = reason.equals("long") ? "a".repeat(124) : reason;
        try (Heddle server = started("/x", (session, _) -> session.close(code, said));
                RawClient client = RawClient.open(server.port(), "/x")) {
            client.send(RawFrame.text("go"));
            client.expectClose(1011);
        }
    }

    @Test
    void whatIsSentWhileItOpensFollowsTheAnswerAndMustFit() throws IOException {
        EndpointLimits limits = EndpointLimits.defaults().withMaxOutbox(3, 1000);
        EndpointSettings where = EndpointSettings.at("/x").withLimits(limits);
        List<Integer> counts = new CopyOnWriteArrayList<>(List.of(3));
        Endpoint greeter =
                new Endpoint() {
                    @Override
                    public void opened(Session session) {
                        for (int i = 0; i < counts.getFirst(); i++) {
                            session.send("" + i);
                        }
                    }

                    @Override
                    public void message(Session session, Message message) {}
                };
        try (Heddle server = Heddle.start(SETTINGS, Mount.of(where, greeter))) {
            try (RawClient client = RawClient.open(server.port(), "/x")) {
                assertEquals("0", client.readFrame().text());
                assertEquals("1", client.readFrame().text());
                assertEquals("2", client.readFrame().text());
            }
            counts.set(0, 4);
            try (RawClient client = RawClient.connect(server.port())) {
                client.sendHandshake("/x");
                assertEquals(500, client.readAnswer("GET").status());
            }
            assertEquals(1, server.counters().bugs.sum());
        }
    }

    @Test
    void aSlowMessageHoldsUpItsOwnClientAlone() throws IOException {
        CountDownLatch gate = new CountDownLatch(1);
        Endpoint slow =
                (session, message) -> {
                    if (message.text().equals("wait")) {
                        await(gate);
                    }
                    session.send(message);
                };
        try (Heddle server = started("/slow", slow);
                RawClient waiting = RawClient.open(server.port(), "/slow");
                RawClient quick = RawClient.open(server.port(), "/slow")) {
            waiting.send(RawFrame.text("wait"), RawFrame.text("then"));
            quick.send(RawFrame.text("quick"));
            assertEquals("quick", quick.readFrame().text());
            gate.countDown();
            assertEquals("wait", waiting.readFrame().text());
            assertEquals("then", waiting.readFrame().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/acc", "/echo", "/mine"})
    void noTwoEndpointsHaveTheSamePath(String path) {
        Mount mine = Mount.of(EndpointSettings.at("/mine"), new Diary());
        Mount other = Mount.of(EndpointSettings.at("/other", path), new Diary());
        String message =
                String.valueOf(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> Heddle.start(SETTINGS, mine, other))
                                .getMessage());
        assertEquals("two endpoints have the path " + path, message);
    }

    @Test
    void aLoginNeedsKeysOfTokens() {
        EndpointSettings where = EndpointSettings.at("/x").withLogin(true);
        Mount mount = Mount.of(where, new Diary());
        assertThrows(IllegalArgumentException.class, () -> Heddle.start(SETTINGS, mount));
    }

    @Test
    void withALoginNobodyElseComesIn() throws IOException {
        Settings settings =
                Settings.of(
                        Map.of(
                                "host", "127.0.0.1",
                                "port", "0",
                                "internal.port", "0",
                                "token.secret", "0123456789abcdef0123456789abcdef"));
        EndpointSettings where = EndpointSettings.at("/x").withLogin(true);
        try (Heddle server = Heddle.start(settings, Mount.of(where, new Diary()));
                RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/x");
            assertEquals(401, client.readAnswer("GET").status());
        }
    }

    @Test
    void settingsAreHeldToWhatTheyMayBe() {
        assertAll(
                () -> assertRefused("unknown key prot; did you mean port?", "prot", "1"),
                () -> assertRefused("port cannot be \"-1\"", "port", "-1"),
                () -> assertRefused("must be different from port", "internal.port", "8080"));
    }

    private static void assertRefused(String part, String name, String text) {
        String message =
                String.valueOf(
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> Settings.of(Map.of(name, text)))
                                .getMessage());
        assertTrue(message.contains(part), message);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Heddle started(String path, Endpoint endpoint) throws IOException {
        return Heddle.start(SETTINGS, Mount.of(EndpointSettings.at(path), endpoint));
    }

    private static Heddle started(String path, Function<Everyone, Endpoint> endpoint)
            throws IOException {
        return Heddle.start(SETTINGS, Mount.of(EndpointSettings.at(path), endpoint));
    }

    @Test
    void whatOpeningThrowsIsWhatIsToldWhateverClosingThrows() throws IOException {
        Endpoint broken =
                new Endpoint() {
                    @Override
                    public void opened(Session session) {
                        throw new IllegalStateException("thrown while it opens");
                    }

                    @Override
                    public void message(Session session, Message message) {}

                    @Override
                    public void closed(Session session) {
                        assertFalse(session.isOpen());
                        session.send("nobody gets this");
                        throw new IllegalStateException("thrown while it closes");
                    }
                };
        try (LogLines log = new LogLines();
                Heddle server = started("/x", broken);
                RawClient client = RawClient.connect(server.port())) {
            client.sendHandshake("/x");
            assertEquals(500, client.readAnswer("GET").status());
            Soon.until(
                    () ->
                            log.all().stream()
                                    .anyMatch(line -> line.contains("thrown while it opens")));
        }
    }

    @Test
    void aSessionWhoseClientIsGoneIsNotOpenAndTakesNothing() throws Exception {
        List<Session> sessions = new CopyOnWriteArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        Endpoint endpoint =
                new Endpoint() {
                    @Override
                    public void opened(Session session) {
                        sessions.add(session);
                    }

                    @Override
                    public void message(Session session, Message message) {}

                    @Override
                    public void closed(Session session) {
                        closed.countDown();
                    }
                };
        try (Heddle server = started("/feed", endpoint)) {
            RawClient.open(server.port(), "/feed").close();
            await(closed);
            assertFalse(sessions.getFirst().isOpen());
            sessions.getFirst().send("nobody gets this");
            assertFalse(sessions.getFirst().offer("nor this"));
        }
    }
}
