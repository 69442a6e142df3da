package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Peers that always have more to say take turns with the others: nothing preempts the virtual
/// threads that serve them.
@Timeout(90)
class TurnsIT {
    private static final int FLOODERS = 3 * Runtime.getRuntime().availableProcessors();
    private static final int ROUND_TRIPS = 20;
    private static final int PIPELINED = 2000;

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @ParameterizedTest
    @ValueSource(strings = {"pings", "pongs", "texts", "requests"})
    void anHonestClientIsServedAmongThoseThatFlood(String kind) throws Exception {
        List<Socket> flooders = new ArrayList<>();
        try (RawClient honest = RawClient.open(SERVER.port(), "/echo")) {
            honest.readWithin(Duration.ofSeconds(60));
            for (int i = 0; i < FLOODERS; i++) {
                flooders.add(flood(kind));
            }
            for (int i = 0; i < ROUND_TRIPS; i++) {
                honest.send(RawFrame.text("round " + i));
                assertEquals("round " + i, honest.readFrame().text());
            }
        } finally {
            for (Socket flooder : flooders) {
                flooder.close();
            }
        }
    }

    /// A client that sends without end and reads all that comes, on platform threads: virtual ones
    /// would take turns with the server's.
    private static Socket flood(String kind) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
        String host = " HTTP/1.1\r\nHost: 127.0.0.1:" + SERVER.port() + "\r\n";
        byte[] unit =
                switch (kind) {
                    case "pings" -> RawFrame.ping("").encoded();
                    case "pongs" -> RawFrame.of(RawFrame.PONG).encoded();
                    case "texts" -> RawFrame.text("x").encoded();
                    default -> ("GET /favicon.svg" + host + "\r\n").getBytes(US_ASCII);
                };
        if (!kind.equals("requests")) {
            String upgrade =
                    String.join(
                            "\r\n",
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                            "",
                            "");
            socket.getOutputStream().write(("GET /echo" + host + upgrade).getBytes(US_ASCII));
        }
        ByteArrayOutputStream units = new ByteArrayOutputStream();
        for (int i = 0; i < PIPELINED; i++) {
            units.writeBytes(unit);
        }
        byte[] bytes = units.toByteArray();
        start(
                () -> {
                    while (true) {
                        socket.getOutputStream().write(bytes);
                    }
                });
        start(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
        return socket;
    }

    /// What a flooder does until its socket is closed.
    private interface Endless {
        void run() throws IOException;
    }

    private static void start(Endless endless) {
        Runnable untilClosed =
                () -> {
                    try {
                        endless.run();
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                };
        Thread.ofPlatform().daemon().start(untilClosed);
    }
}
