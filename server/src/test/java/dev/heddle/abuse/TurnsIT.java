package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Peers that always have more to say take turns with the others: nothing preempts the virtual
/// threads that serve them.
class TurnsIT {
    private static final int FLOODERS = 2 * Runtime.getRuntime().availableProcessors();
    private static final int ROUND_TRIPS = 20;
    private static final int PIPELINED = 2000;

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @Test
    void anHonestClientIsServedAmongThoseThatFlood() throws Exception {
        List<Socket> flooders = new ArrayList<>();
        try (RawClient honest = RawClient.open(SERVER.port(), "/echo")) {
            honest.readWithin(Patience.BOUND);
            for (int i = 0; i < FLOODERS; i++) {
                flooders.add(flood());
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

    /// A client that sends pongs, which nobody answers, without end, on a platform thread: a
    /// virtual one would take turns with the server's.
    private static Socket flood() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port());
        socket.getOutputStream().write(RawClient.handshake(SERVER.port(), "/echo"));
        ByteArrayOutputStream pongs = new ByteArrayOutputStream();
        for (int i = 0; i < PIPELINED; i++) {
            pongs.writeBytes(RawFrame.of(RawFrame.PONG).encoded());
        }
        byte[] bytes = pongs.toByteArray();
        Runnable untilClosed =
                () -> {
                    try {
                        while (true) {
                            socket.getOutputStream().write(bytes);
                        }
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                };
        Thread.ofPlatform().daemon().start(untilClosed);
        return socket;
    }
}
