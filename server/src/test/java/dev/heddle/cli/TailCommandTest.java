package dev.heddle.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.heddle.Heddle;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class TailCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void saysInALineThatNoServerAnswers() throws Exception {
        int port;
        try (Heddle gone = Heddle.start(TestServer.settings())) {
            port = gone.internalPort();
        }
        assertEquals(1, terminal.run("tail --internal-port " + port));
        assertEquals(
                "heddle: no server answers at http://127.0.0.1:" + port + "; is it running?\n",
                terminal.err());
    }

    @Test
    void printsWhatHappensUntilTheServerEnds() throws Exception {
        Heddle server = Heddle.start(TestServer.settings());
        String line = "tail --type ConnectionOpened --internal-port " + server.internalPort();
        CompletableFuture<Integer> tail =
                CompletableFuture.supplyAsync(
                        () -> terminal.run(Map.of(), line), Thread::startVirtualThread);
        await().atMost(Patience.BOUND)
                .until(
                        () -> {
                            RawClient.open(server.port(), "/ws").close();
                            return terminal.out().contains("\n");
                        });
        assertTrue(
                terminal.out()
                        .matches(
                                "(?s)\\S+Z ConnectionOpened connection=\\d+ path=/ws"
                                        + " peer=127.0.0.1:\\d+ handshake=[0-9.E-]+\n.*"),
                terminal.out());
        server.close();
        assertEquals(1, tail.get());
        assertTrue(terminal.err().startsWith("heddle: no server answers"), terminal.err());
    }

    @Test
    void beginsAnewWhenTheServerSaysNothingAnyMore() throws Exception {
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
            Invocation invocation = new Invocation(terminal.console(), port, new SettingOptions());
            TailCommand tail = new TailCommand(invocation, Duration.ofMillis(200));
            assertThrows(Complaint.class, tail::call);
            assertEquals(3, asked.get());
            assertTrue(
                    terminal.out().startsWith("now Seen number=1\nnow Seen number=2\n"),
                    terminal.out());
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
        "tail --connection ann, --connection takes a number",
        "tail --seconds 3, --seconds is an option of heddle jfr",
        "tail --user=, --user must not be empty",
        "tail now, unexpected argument now",
    })
    void whatMakesNoSenseIsWrongUsage(String line, String start) {
        assertEquals(2, terminal.run(line));
        assertTrue(terminal.err().startsWith("heddle: " + start), terminal.err());
    }
}
