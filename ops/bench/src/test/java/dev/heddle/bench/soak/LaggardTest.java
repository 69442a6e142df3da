package dev.heddle.bench.soak;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.bench.soak.Laggard.Habit;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

class LaggardTest {
    @Test
    void countsThatTheServerEndsIt() throws Exception {
        var ended = new LongAdder();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
            Thread laggard = Thread.ofVirtual().start(new Laggard(uri, Habit.TRICKLING, ended));
            try (Socket socket = server.accept()) {
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.US_ASCII));
                assertEquals("GET /ws HTTP/1.1", in.readLine());
                socket.getOutputStream().write(new byte[100]);
                assertEquals(0, ended.sum());
            }
            await().until(() -> ended.sum() == 1);
            laggard.interrupt();
            laggard.join();
        }
    }
}
