package dev.heddle.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.heddle.Heddle;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class WatchCommandTest {
    private static final String KEY = "correct-horse-battery-staple";
    private static final Map<String, String> LOCKED = Map.of("HEDDLE_INTERNAL_API_KEY", KEY);

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String line) {
        return Main.run(
                line.split(" "),
                environment,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jfrWritesARecording() throws Exception {
        Path file = folder.resolve("a.jfr");
        try (Heddle server = Heddle.start(TestServer.configured(LOCKED))) {
            String line =
                    "jfr --seconds 1 --output "
                            + file
                            + " --internal-port "
                            + server.internalPort();
            assertEquals(0, run(LOCKED, line), err());
            assertEquals(file + "\n", out());
            assertTrue(
                    RecordingFile.readAllEvents(file).stream()
                            .anyMatch(
                                    event ->
                                            event.getEventType()
                                                    .getName()
                                                    .equals("heddle.HubStatistics")));

            assertEquals(1, run(LOCKED, line));
            assertEquals("heddle: " + file + " exists already\n", err());
        }
    }

    @Test
    void whoHasNotTheKeyIsToldSo() throws Exception {
        Path file = folder.resolve("a.jfr");
        try (Heddle server = Heddle.start(TestServer.configured(LOCKED))) {
            int port = server.internalPort();
            assertEquals(1, run(Map.of(), "jfr --output " + file + " --internal-port " + port));
            assertTrue(
                    err().matches(
                                    "heddle: the server at http://127.0.0.1:%d refuses \\(401\\): .*\n"
                                            .formatted(port)),
                    err());
            assertTrue(Files.notExists(file));
        }
    }

    @ParameterizedTest
    @CsvSource({"jfr", "tail"})
    void whereNoServerIsThatIsSaidInALine(String command) throws Exception {
        int port;
        try (Heddle gone = Heddle.start(TestServer.settings())) {
            port = gone.internalPort();
        }
        assertEquals(1, run(Map.of(), command + " --internal-port " + port));
        assertEquals(
                "heddle: no server answers at http://127.0.0.1:" + port + "; does one run?\n",
                err());
    }

    @Test
    void tailPrintsWhatHappensUntilTheServerEnds() throws Exception {
        Heddle server = Heddle.start(TestServer.settings());
        String line = "tail --type ConnectionOpened --internal-port " + server.internalPort();
        CompletableFuture<Integer> tail =
                CompletableFuture.supplyAsync(
                        () -> run(Map.of(), line), Thread::startVirtualThread);
        await().atMost(Patience.BOUND)
                .until(
                        () -> {
                            RawClient.open(server.port(), "/ws").close();
                            return out().contains("\n");
                        });
        assertTrue(
                out().matches(
                                "(?s)\\S+Z ConnectionOpened connection=\\d+ path=/ws"
                                        + " peer=127.0.0.1:\\d+ handshake=[0-9.E-]+\n.*"),
                out());
        server.close();
        assertEquals(1, tail.get());
        assertTrue(err().startsWith("heddle: no server answers"), err());
    }

    @Test
    void tailBeginsAnewWhenTheServerSaysNothingAnyMore() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HttpServer silent =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        silent.createContext("/", call -> answerAndFallSilent(call, asked, over));
        silent.start();
        try {
            Map<String, String> port =
                    Map.of("HEDDLE_INTERNAL_PORT", Integer.toString(silent.getAddress().getPort()));
            PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
            PrintStream complaints = new PrintStream(err, true, StandardCharsets.UTF_8);
            WatchCommand tail = new WatchCommand(to, complaints, Duration.ofMillis(200));
            WatchOptions all =
                    new WatchOptions(
                            1,
                            Optional.empty(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            "outbox",
                            1);
            assertEquals(1, tail.tail(TestServer.configured(port), all));
            assertEquals(3, asked.get());
            assertTrue(out().startsWith("now Seen number=1\nnow Seen number=2\n"), out());
        } finally {
            over.countDown();
            silent.stop(0);
        }
    }

    /// Tells an event, and then nothing; the third time it refuses.
    private static void answerAndFallSilent(
            HttpExchange call, AtomicInteger asked, CountDownLatch over) throws IOException {
        int number = asked.incrementAndGet();
        if (number == 3) {
            call.sendResponseHeaders(404, -1);
            call.close();
            return;
        }
        call.sendResponseHeaders(200, 0);
        String event = "event: Seen\ndata: {\"time\":\"now\",\"number\":%d}\n\n".formatted(number);
        call.getResponseBody().write(event.getBytes(StandardCharsets.US_ASCII));
        call.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jfr --seconds 0, --seconds takes a number from 1 to 300",
        "jfr --seconds 301, --seconds takes a number from 1 to 300",
        "tail --connection ann, --connection takes a number",
        "tail --seconds 3, --seconds is an option of heddle jfr",
        "jfr --type Broadcast, --type is an option of heddle tail",
        "jfr --user ann, '--user is an option of heddle tail, token'",
        "tail now, unexpected argument now",
    })
    void whatMakesNoSenseIsWrongUsage(String line, String start) {
        assertEquals(2, run(Map.of(), line));
        assertTrue(err().startsWith("heddle: " + start), err());
    }
}
