package dev.heddle.api.inside;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.recording.BackgroundRecording;
import dev.heddle.support.AccClient;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Recordings as they are downloaded and read, of a server that really does what they say.
class RecordingRoutesTest {
    private static final Duration PATIENCE = Patience.BOUND;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PAYLOAD_BYTES = 256 << 10;

    @TempDir private static Path folder;
    private static Settings settings;
    private static Optional<BackgroundRecording> ring;
    private static Heddle server;

    @BeforeAll
    static void start() throws IOException {
        settings = TestServer.configured(Map.of("HEDDLE_JFR_FOLDER", folder + "/incidents"));
        ring = BackgroundRecording.start(settings.jfr());
        server = Heddle.start(settings, ring);
    }

    @AfterAll
    static void stop() {
        server.close();
        ring.ifPresent(BackgroundRecording::close);
    }

    private static <T> HttpResponse<T> ask(
            Heddle whom, String method, String target, BodyHandler<T> body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + whom.internalPort() + target);
        return HTTP.send(
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(), body);
    }

    /// What a recording has, by the events' names.
    private record Recorded(Map<String, List<RecordedEvent>> events) {
        List<RecordedEvent> all(String name) {
            return events.getOrDefault(name, List.of());
        }
    }

    private static Recorded recorded(String method, String target)
            throws IOException, InterruptedException {
        Path file = folder.resolve("recording.jfr");
        Files.deleteIfExists(file);
        HttpResponse<Path> answer = ask(server, method, target, BodyHandlers.ofFile(file));
        assertEquals(200, answer.statusCode());
        assertTrue(
                answer.headers()
                        .firstValue("Content-Disposition")
                        .orElse("")
                        .matches("attachment; filename=\"heddle-\\d{8}T\\d{6}Z\\.jfr\""));
        return new Recorded(
                RecordingFile.readAllEvents(file).stream()
                        .collect(Collectors.groupingBy(event -> event.getEventType().getName())));
    }

    private static void converse(String text) throws IOException {
        try (RawClient client = RawClient.open(server.port(), "/ws")) {
            client.send(RawFrame.text(text));
            assertEquals(text, client.readFrame().text());
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        }
    }

    @Test
    void theRingKnowsWhatASessionWas() throws Exception {
        converse("hello, everybody");
        try (RawClient client = RawClient.connect(server.port())) {
            List<String> headers =
                    client.upgradeHeaders().stream()
                            .map(line -> line.replace("Version: 13", "Version: 12"))
                            .toList();
            client.send(RawClient.request("GET /ws HTTP/1.1", headers));
            assertEquals(426, client.readAnswer("GET").status());
        }
        await().until(() -> server.connections() == 0);
        var events = recorded("POST", "/debug/jfr/dump");

        RecordedEvent closed =
                events.all("heddle.ConnectionClosed").stream()
                        .filter(event -> event.getInt("code") == 1000)
                        .findFirst()
                        .orElseThrow();
        assertEquals("client", closed.getString("initiator"));
        assertEquals("/ws", closed.getString("path"));
        assertEquals(1, closed.getLong("messagesIn"));
        assertEquals(1, closed.getLong("messagesOut"));
        assertTrue(closed.getLong("bytesIn") >= "hello, everybody".length());
        assertTrue(closed.getLong("peakOutbox") > 0);
        RecordedEvent opened =
                events.all("heddle.ConnectionOpened").stream()
                        .filter(each -> each.getLong("connection") == closed.getLong("connection"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(opened.getDuration("handshake").isPositive());
        assertEquals(opened.getString("peer"), closed.getString("peer"));
        assertTrue(
                events.all("heddle.Broadcast").stream()
                        .anyMatch(
                                event ->
                                        event.getInt("receivers") == 1
                                                && event.getInt("publications") == 1));
        assertEquals(426, events.all("heddle.HandshakeRejected").getFirst().getInt("status"));
        assertEquals(List.of(), events.all("jdk.InitialEnvironmentVariable"));
    }

    @Test
    void theRingKnowsWhoWasSlow() throws Exception {
        try (RawClient stalled = RawClient.open(server.port(), "/ws");
                RawClient publisher = RawClient.open(server.port(), "/ws")) {
            byte[] payload = new byte[PAYLOAD_BYTES];
            while (server.counters().slowConsumers.sum() == 0) {
                publisher.send(RawFrame.binary(payload));
                assertEquals(PAYLOAD_BYTES, publisher.readFrame().payload().length);
            }
            await().atMost(PATIENCE).until(() -> slow() > 0);
            assertTrue(stalled.conversation().length() > 0);
        }
    }

    private static long slow() throws IOException, InterruptedException {
        return recorded("POST", "/debug/jfr/dump").all("heddle.SlowConsumer").stream()
                .filter(event -> event.getLong("outbox") > PAYLOAD_BYTES)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"heddle", "default", "profile"})
    void aRecordingHasWhatHappensMeanwhile(String template) throws Exception {
        Thread clients =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        while (!Thread.interrupted()) {
                                            converse("again");
                                        }
                                    } catch (IOException broken) {
                                        throw new UncheckedIOException(broken);
                                    }
                                });
        try {
            var events = recorded("POST", "/debug/jfr?seconds=1&settings=" + template);
            assertFalse(events.all("heddle.ConnectionOpened").isEmpty());
            assertEquals(List.of(), events.all("jdk.InitialEnvironmentVariable"));
        } finally {
            clients.interrupt();
            clients.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /debug/jfr?seconds=0, 400",
        "POST, /debug/jfr?seconds=301, 400",
        "POST, /debug/jfr?seconds=ten, 400",
        "POST, /debug/jfr?settings=all, 400",
        "POST, /debug/jfr?second=1, 400",
        "GET, /debug/jfr/dump, 405",
        "GET, /debug/jfr?seconds=1, 405",
        "GET, /debug/events?type=Nothing, 400",
        "GET, /debug/events?connection=ann, 400",
        "GET, /debug/events?types=ConnectionClosed, 400",
    })
    void whatMakesNoSenseIsRefused(String method, String target, int status) throws Exception {
        HttpResponse<String> answer = ask(server, method, target, BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"type\":\"urn:heddle:problem:"), answer.body());
    }

    @Test
    void withoutARingThereIsNothingToDump() throws Exception {
        try (Heddle other = Heddle.start(settings)) {
            HttpResponse<String> answer =
                    ask(other, "POST", "/debug/jfr/dump", BodyHandlers.ofString());
            assertEquals(409, answer.statusCode(), answer.body());
        }
    }

    @Test
    void thereAreTwoRecordingsAtATimeAndTheServerEndsThem() throws Exception {
        Heddle other = Heddle.start(settings);
        String base = "http://127.0.0.1:" + other.internalPort();
        List<CompletableFuture<HttpResponse<Void>>> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            URI uri = URI.create(base + "/debug/jfr?seconds=300");
            HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
            running.add(HTTP.sendAsync(request, BodyHandlers.discarding()));
        }
        await().atMost(PATIENCE).until(() -> running.stream().anyMatch(CompletableFuture::isDone));
        running.removeIf(each -> each.isDone() && each.join().statusCode() == 429);
        assertEquals(2, running.size());
        Thread end = Thread.ofPlatform().start(other::close);
        assertTrue(end.join(PATIENCE), "the server waits for its recordings");
        await().atMost(PATIENCE).until(() -> running.stream().allMatch(CompletableFuture::isDone));
    }

    /// What two recordings, or sixteen listeners, leave when their callers hang up. The server is
    /// one of its own. Who asks whether all places are taken may take the last of them for a
    /// moment, so each time one more calls.
    @ParameterizedTest
    @CsvSource({"POST, /debug/jfr?seconds=300, 2", "GET, /debug/events, 16"})
    void whatACallerHasLeftIsFreeAtOnce(String method, String target, int places) throws Exception {
        String shorter = target.replace("300", "1");
        List<Socket> callers = new ArrayList<>();
        try (Heddle other = Heddle.start(settings)) {
            String request =
                    "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\n\r\n"
                            .formatted(method, target, other.internalPort());
            try {
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    callers.add(calling(other, request));
                                    return status(other, method, shorter) == 429;
                                });
                assertTrue(callers.size() >= places, () -> callers.size() + " were enough");
            } finally {
                for (Socket caller : callers) {
                    caller.close();
                }
            }
            await().atMost(PATIENCE).until(() -> status(other, method, shorter) == 200);
        }
    }

    private static Socket calling(Heddle whom, String request) throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), whom.internalPort());
        caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return caller;
    }

    private static int status(Heddle whom, String method, String target)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = ask(whom, method, target, BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    @Test
    void eventsComeAsTheyHappenAndOnlyThoseThatAreAskedFor() throws Exception {
        HttpResponse<InputStream> answer =
                ask(
                        server,
                        "GET",
                        "/debug/events?type=ConnectionClosed,ProtocolViolation&type=heddle.AcceptPaused",
                        BodyHandlers.ofInputStream());
        assertEquals("text/event-stream", answer.headers().firstValue("Content-Type").get());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals("retry: 1000", lines.readLine());
            converse("seen live");
            String data = "";
            while (!data.contains("\"code\":1000,\"initiator\":\"client\"")) {
                assertEquals("", lines.readLine());
                assertEquals("event: ConnectionClosed", lines.readLine());
                data = lines.readLine();
                assertTrue(data.startsWith("data: {\"time\":\"2"), data);
            }
        }
    }

    @Test
    void aConnectionsOwnEventsCanBeAskedFor() throws Exception {
        HttpResponse<InputStream> answer =
                ask(
                        server,
                        "GET",
                        "/debug/events?user=ann&type=ConnectionClosed",
                        BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            lines.readLine();
            AccClient.login(server.port(), 102, "bob").close();
            AccClient.login(server.port(), 101, "ann").close();
            lines.readLine();
            assertEquals("event: ConnectionClosed", lines.readLine());
            String data = lines.readLine();
            assertTrue(data.contains("\"user\":\"ann\""), data);
        }
    }

    @Test
    void theKeyIsAskedFor() throws Exception {
        Settings locked =
                TestServer.configured(
                        Map.of("HEDDLE_INTERNAL_API_KEY", "correct-horse-battery-staple"));
        try (Heddle other = Heddle.start(locked)) {
            for (String target : List.of("/debug/jfr", "/debug/events")) {
                assertEquals(
                        401, ask(other, "GET", target, BodyHandlers.discarding()).statusCode());
            }
            assertEquals(
                    401,
                    ask(other, "POST", "/debug/jfr/dump", BodyHandlers.discarding()).statusCode());
        }
    }
}
