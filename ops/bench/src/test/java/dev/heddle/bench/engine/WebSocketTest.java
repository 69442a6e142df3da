package dev.heddle.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.support.FakeServer;
import dev.heddle.bench.support.FakeServer.Behaviour;
import dev.heddle.bench.support.FakeServer.Peer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.Inflater;

class WebSocketTest {
    private static final long TURN_NANOS = 10_000_000;

    /// One client of a server that behaves as told, and what it was told of.
    private static final class Client implements Events, AutoCloseable {
        final FakeServer server;
        final Tally tally = new Tally();
        final Loop loop;
        final WebSocket socket;
        final List<String> events = new ArrayList<>();

        Client(Behaviour behaviour, String... headers) throws IOException {
            server = new FakeServer(behaviour);
            Target target = new Target(server.uri(), List.of(), 10, List.of(headers));
            loop = new Loop(target, 1024, tally);
            socket = new WebSocket(loop, 0, this);
            socket.open(System.nanoTime());
        }

        void turnUntil(BooleanSupplier condition) throws IOException {
            while (!condition.getAsBoolean()) {
                loop.turn(TURN_NANOS);
            }
        }

        List<String> turnUntilEvents(int count) throws IOException {
            turnUntil(() -> events.size() >= count);
            return events;
        }

        @Override
        public void opened(WebSocket opened, long now) {
            events.add("opened");
        }

        @Override
        public void failed(WebSocket failed, Failure failure, long now) {
            events.add(failure.toString());
        }

        @Override
        public void message(WebSocket from, byte[] bytes, int at, int length, long now) {
            events.add(new String(bytes, at, length, StandardCharsets.UTF_8));
        }

        @Override
        public void ended(WebSocket ended, long now) {
            events.add("ended");
        }

        @Override
        public void closed(WebSocket closed, long now) {
            events.add("closed");
        }

        @Override
        public void close() throws IOException {
            socket.drop();
            loop.turn(0);
            loop.close();
            server.close();
        }
    }

    private static void hold(Peer peer) throws IOException {
        while (true) {
            peer.readFrame();
        }
    }

    private static void keepSilent(Peer peer) throws IOException {
        peer.readHead();
        hold(peer);
    }

    @Test
    void takesMessagesThatComeTogetherWithTheHandshake() throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.readHead();
                            peer.write(peer.acceptance() + "\u0081\u0002hi\u0081\u0003you");
                            hold(peer);
                        })) {
            assertEquals(List.of("opened", "hi", "you"), client.turnUntilEvents(3));
        }
    }

    @Test
    void aHeaderThatIsGivenTakesThePlaceOfItsOwn() throws IOException {
        List<String> heads = new CopyOnWriteArrayList<>();
        String[] headers = {
            "host: other.example",
            "UPGRADE: WebSocket",
            "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "sec-websocket-version: 13",
            "Cookie: a=1",
            "Cookie: b=2",
        };
        try (Client client =
                new Client(
                        peer -> {
                            heads.add(peer.readHead());
                            peer.write(peer.acceptance());
                            hold(peer);
                        },
                        headers)) {
            assertEquals(List.of("opened"), client.turnUntilEvents(1));
        }
        assertEquals(
                List.of(
                        "GET / HTTP/1.1",
                        "Host: other.example",
                        "UPGRADE: WebSocket",
                        "Connection: keep-alive, Upgrade",
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                        "sec-websocket-version: 13",
                        "Cookie: a=1",
                        "Cookie: b=2"),
                heads.getFirst().lines().filter(line -> !line.isEmpty()).toList());
    }

    @Test
    void understandsInterimAnswersAndHeadersInSeveralLines() throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.readHead();
                            peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                            peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                            peer.write(
                                    peer.acceptance()
                                            .replace(
                                                    "Connection: Upgrade",
                                                    "Connection: keep-alive\r\n"
                                                            + "Connection: x, upgrade"));
                            hold(peer);
                        })) {
            assertEquals(List.of("opened"), client.turnUntilEvents(1));
        }
    }

    @Test
    void anInterimAnswerIsNoAcceptance() throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.readHead();
                            peer.write("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 404 No\r\n\r\n");
                            hold(peer);
                        })) {
            String event = client.turnUntilEvents(1).getFirst();
            assertTrue(event.contains("404"), event);
        }
    }

    @Test
    void anHttpAnswerMayHaveInterimOnesBeforeIt() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        Behaviour behaviour =
                peer -> {
                    assertTrue(peer.readHead().contains("\r\nHost: other.example\r\n"));
                    peer.write("HTTP/1.1 103 Early Hints\r\n\r\n");
                    peer.write("HTTP/1.1 200 OK\r\nConnection: a\r\nConnection: close\r\n");
                    peer.write("Content-Length: 2\r\n\r\nhi");
                    hold(peer);
                };
        try (FakeServer server = new FakeServer(behaviour);
                Loop loop =
                        new Loop(
                                new Target(
                                        server.uri(),
                                        List.of(),
                                        10,
                                        List.of("Host: other.example")),
                                1024,
                                new Tally())) {
            HttpClient http = new HttpClient(loop, "/", (status, _, _) -> statuses.add(status));
            http.get(0, 0);
            while (statuses.isEmpty()) {
                loop.turn(TURN_NANOS);
            }
            assertEquals(List.of(200), statuses);
        }
    }

    @Test
    void takesFramesThatComeByteByByte() throws IOException {
        String message = "x".repeat(300);
        try (Client client =
                new Client(
                        peer -> {
                            peer.readHead();
                            byte[] frame =
                                    ("\u0081" + message).getBytes(StandardCharsets.ISO_8859_1);
                            String all =
                                    peer.acceptance()
                                            + new String(
                                                    Peer.encode(frame),
                                                    StandardCharsets.ISO_8859_1);
                            for (int i = 0; i < all.length(); i++) {
                                peer.write(all.charAt(i));
                            }
                            hold(peer);
                        })) {
            assertEquals(List.of("opened", message), client.turnUntilEvents(2));
        }
    }

    @Test
    void joinsFragmentsWithAPingBetweenThemAndAnswersIt() throws IOException {
        List<String> pongs = new ArrayList<>();
        try (Client client =
                new Client(
                        peer -> {
                            peer.accept();
                            peer.write("\u0001\u0001a\u0089\u0002ok\u0000\u0001b\u0080\u0001c");
                            byte[] pong = peer.readFrame();
                            pongs.add(new String(pong, StandardCharsets.ISO_8859_1));
                            peer.write("\u0081\u0004done");
                            hold(peer);
                        })) {
            assertEquals(List.of("opened", "abc", "done"), client.turnUntilEvents(3));
            assertEquals(List.of("\u008aok"), pongs);
            assertEquals(1, client.tally.get(Count.PINGS));
        }
    }

    @Test
    void answersAndCountsTheServersClose() throws IOException {
        List<String> closes = new ArrayList<>();
        try (Client client =
                new Client(
                        peer -> {
                            peer.accept();
                            peer.write(0x88, 2, 4013 >> 8, 4013 & 0xff);
                            byte[] close = peer.readFrame();
                            closes.add(new String(close, StandardCharsets.ISO_8859_1));
                        })) {
            assertEquals(List.of("opened", "ended"), client.turnUntilEvents(2));
            client.turnUntil(() -> !closes.isEmpty());
            assertEquals(List.of("\u0088\u000f\u00ad"), closes);
            assertEquals(1L, client.tally.asMap().get("closed.4013"));
            assertEquals(0, client.tally.get(Count.ENDED));
        }
    }

    @Test
    void countsAnEndWithoutAClose() throws IOException {
        try (Client client = new Client(Peer::accept)) {
            assertEquals(List.of("opened", "ended"), client.turnUntilEvents(2));
            assertEquals(1, client.tally.get(Count.ENDED));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesAndCountsWhetherTheServerAnswers(boolean answers) throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.accept();
                            byte[] close = peer.readFrame();
                            if (answers) {
                                peer.writeFrame(close);
                            }
                        })) {
            client.turnUntilEvents(1);
            client.socket.close();
            assertEquals(List.of("opened", "closed"), client.turnUntilEvents(2));
            assertEquals(answers ? 1 : 0, client.tally.get(Count.CLOSED_CLEANLY));
            assertEquals(answers ? 0 : 1, client.tally.get(Count.CLOSED_WITHOUT_ANSWER));
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("reserved bit", "\u00c1\u0001a"),
                Arguments.of("masked", "\u0081\u0081abcde"),
                Arguments.of("unknown opcode", "\u0083\u0000"),
                Arguments.of("unknown control opcode", "\u008b\u0000"),
                Arguments.of("16 bit length not needed", "\u0081~\u0000\u0005abcde"),
                Arguments.of(
                        "64 bit length not needed", "\u0081\u007f" + "\u0000".repeat(7) + "\u0005"),
                Arguments.of("negative length", "\u0081\u007f\u0080" + "\u0000".repeat(7)),
                Arguments.of("continuation of nothing", "\u0080\u0001a"),
                Arguments.of("message inside a message", "\u0001\u0001a\u0081\u0001b"),
                Arguments.of("fragmented control frame", "\u0009\u0000"),
                Arguments.of("long control frame", "\u0089~\u0000~"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void breaksOffWhenTheServerBreaksTheProtocol(String what, String bytes) throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.accept();
                            peer.write("\u0081\u0002hi" + bytes);
                            hold(peer);
                        })) {
            assertEquals(List.of("opened", "hi", "ended"), client.turnUntilEvents(3), what);
            assertEquals(1, client.tally.get(Count.PROTOCOL_ERRORS));
        }
    }

    static Stream<Arguments> refusals() {
        String accepted = "HTTP/1.1 101 Switching Protocols\r\n";
        return Stream.of(
                Arguments.of(
                        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\n\r\n",
                        new Failure.Refused(503, 7)),
                Arguments.of("HTTP/1.1 429 Too Many\r\n\r\n", new Failure.Refused(429, 0)),
                Arguments.of(
                        "HTTP/1.1 404 Not Found\r\n\r\n",
                        new Failure.Broken("the server answered HTTP/1.1 404 Not Found")),
                Arguments.of(
                        accepted + "Connection: Upgrade\r\n\r\n",
                        new Failure.Broken("the answer has no Upgrade: websocket")),
                Arguments.of(
                        accepted + "Upgrade: websocket\r\n\r\n",
                        new Failure.Broken("the answer has no Connection: Upgrade")),
                Arguments.of(
                        accepted
                                + "Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n"
                                + "Sec-WebSocket-Accept: x\r\n\r\n",
                        new Failure.Broken("the answer has a wrong Sec-WebSocket-Accept")),
                Arguments.of("", new Failure.Broken("the server hung up")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhyItWasNotOpened(String answer, Failure failure) throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.readHead();
                            peer.write(answer);
                        })) {
            assertEquals(List.of(failure.toString()), client.turnUntilEvents(1));
        }
    }

    @Test
    void givesUpAHandshakeThatTakesTooLong() throws IOException {
        Tally tally = new Tally();
        List<Failure> failures = new ArrayList<>();
        Dialer dialer = new Dialer(1, 0.05);
        Events events =
                new Events() {
                    @Override
                    public void opened(WebSocket socket, long now) {}

                    @Override
                    public void failed(WebSocket socket, Failure failure, long now) {
                        dialer.finished();
                        failures.add(failure);
                    }

                    @Override
                    public void message(
                            WebSocket socket, byte[] bytes, int at, int length, long now) {}

                    @Override
                    public void ended(WebSocket socket, long now) {}
                };
        try (FakeServer server = new FakeServer(WebSocketTest::keepSilent);
                Loop loop =
                        new Loop(
                                new Target(server.uri(), List.of(), 0.05, List.of()),
                                1024,
                                tally)) {
            dialer.openAt(System.nanoTime(), new WebSocket(loop, 0, events));
            while (!dialer.isIdle()) {
                loop.turn(dialer.work(System.nanoTime()));
            }
        }
        assertTrue(failures.getFirst() instanceof Failure.TimedOut);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        Client client = new Client(WebSocketTest::hold);
        client.turnUntil(() -> true);
        client.server.close();
        awaitRefusal(client.server.uri().getPort());
        client.socket.drop();
        client.socket.open(System.nanoTime());
        client.turnUntil(() -> !client.events.isEmpty());
        assertTrue(client.events.getLast().contains("refused"), client.events.toString());
        client.loop.close();
    }

    /// A listener that is closed while a thread accepts goes on for a moment.
    private static void awaitRefusal(int port) throws IOException {
        while (true) {
            try (Socket late = new Socket(InetAddress.getLoopbackAddress(), port)) {
                late.getLocalPort();
            } catch (ConnectException refused) {
                return;
            }
        }
    }

    private static final String OFFER =
            "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                    + " client_no_context_takeover";

    private static String agreement(Peer peer, String extensions) throws IOException {
        assertTrue(peer.readHead().contains("\r\n" + OFFER + "\r\n"));
        String acceptance = peer.acceptance();
        return acceptance.substring(0, acceptance.length() - 2)
                + "Sec-WebSocket-Extensions: "
                + extensions
                + "\r\n\r\n";
    }

    private static final String AGREED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @Test
    void inflatesMessagesInOneFrameAndInFragmentsAndTakesPlainOnesToo() throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.write(agreement(peer, AGREED));
                            String hello = "\u00f2H\u00cd\u00c9\u00c9\u0007\0";
                            peer.write("\u00c1\u0007" + hello + "\u00c1\u0007" + hello);
                            peer.write("\u0081\u0005plain");
                            peer.write("A\u0003" + hello.substring(0, 3));
                            peer.write("\u0080\u0004" + hello.substring(3));
                            peer.write("\u0001\u0001p\u0080\u0001q");
                            hold(peer);
                        },
                        OFFER)) {
            assertEquals(
                    List.of("opened", "Hello", "Hello", "plain", "Hello", "pq"),
                    client.turnUntilEvents(6));
        }
    }

    @Test
    void compressesWhatItSendsWhereTheServerAgrees() throws Exception {
        CompletableFuture<byte[]> sent = new CompletableFuture<>();
        try (Client client =
                new Client(
                        peer -> {
                            peer.write(agreement(peer, AGREED));
                            sent.complete(peer.readFrame());
                        },
                        OFFER)) {
            client.turnUntilEvents(1);
            Payload payload = new Payload(1000);
            client.socket.send(payload, 7, 0);
            client.turnUntil(sent::isDone);
            byte[] frame = sent.get();
            assertEquals((byte) 0xc1, frame[0]);
            assertTrue(frame.length < 500, frame.length + " bytes");
            byte[] inflated = new byte[1001];
            try (Inflater inflater = new Inflater(true)) {
                inflater.setInput(frame, 1, frame.length - 1);
                assertEquals(1000, inflater.inflate(inflated));
            }
            assertTrue(payload.isAt(inflated, 0, 1000));
            assertEquals(7, Stamp.number(inflated, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "x-other", AGREED + ", " + AGREED})
    void wantsNoOtherExtensionThanItHasOffered(String extensions) throws IOException {
        try (Client client = new Client(peer -> peer.write(agreement(peer, extensions)), OFFER)) {
            String event = client.turnUntilEvents(1).getFirst();
            assertTrue(event.contains("another extension: " + extensions), event);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c1\u0002\u00ff\u00ff", "\u00c9\0", "\u00a1\0", "A\0\u00c0\0"})
    void whatIsNotCompressedAsAgreedBreaksTheRules(String frames) throws IOException {
        try (Client client =
                new Client(
                        peer -> {
                            peer.write(agreement(peer, AGREED) + frames);
                            hold(peer);
                        },
                        OFFER)) {
            assertEquals(List.of("opened", "ended"), client.turnUntilEvents(2));
            assertEquals(1, client.tally.get(Count.PROTOCOL_ERRORS));
        }
    }
}
