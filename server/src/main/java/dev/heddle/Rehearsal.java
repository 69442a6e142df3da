package dev.heddle;

import dev.heddle.config.Settings;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Plays the life of a thousand short connections through a server of its own, on loopback, before
/// the real one accepts clients.
///
/// What a thread waits in is compiled by then. It has to be: a virtual thread that parks in
/// interpreted code holds 2,700 bytes of stack, one that parks in compiled code 420 (see the last
/// part of `ops/jvm.options`, which says when that code is compiled). And the first real clients
/// meet a server that is nearly as quick as later.
final class Rehearsal {
    private static final int CLIENTS = 16;

    private static final String REQUEST =
            """
            GET PATH HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    private static final int RESPONSE_BYTES = 129;

    private static final byte[] ZERO_KEY = {0, 0, 0, 0};
    private static final byte[] TEXT =
            frame(1, "a message like many others".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] PONG = frame(10);
    private static final byte[] CLOSE = frame(8, (byte) 0x03, (byte) 0xE8);

    private final int port;
    private final long endNanos;
    private final AtomicInteger left;

    private Rehearsal(int port, int connections, Duration bound) {
        this.port = port;
        this.left = new AtomicInteger(connections);
        this.endNanos = System.nanoTime() + bound.toNanos();
    }

    /// Rehearses; blocks until that is done, at most for about the given time.
    ///
    /// @param connections how many to open and end
    /// @throws IOException when there is no loopback to rehearse on
    static void play(int connections, Duration bound) throws IOException, InterruptedException {
        try (Heddle heddle = Heddle.start(Settings.unseen())) {
            Rehearsal rehearsal = new Rehearsal(heddle.port(), connections, bound);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.startVirtualThread(rehearsal::connectAgainAndAgain));
            }
            for (Thread client : clients) {
                client.join();
            }
        }
        System.gc(); // or the garbage of the rehearsal would stay resident in an idle server
    }

    private void connectAgainAndAgain() {
        try {
            int number;
            while ((number = left.getAndDecrement()) > 0 && System.nanoTime() < endNanos) {
                connect(number % 4 == 0 ? "/ws" : "/echo");
            }
        } catch (IOException unfinished) {
            left.set(0); // the rest of the warm-up is what clients will do
        }
    }

    private void connect(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(1_000);
            OutputStream out = socket.getOutputStream();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            out.write(REQUEST.replace("PATH", path).getBytes(StandardCharsets.US_ASCII));
            in.skipNBytes(RESPONSE_BYTES);
            for (int i = 0; i < 2; i++) {
                out.write(TEXT);
                in.skipNBytes(TEXT.length - ZERO_KEY.length);
                out.write(PONG);
            }
            out.write(CLOSE);
            while (in.read() >= 0) {
                in.skip(in.available());
            }
        }
    }

    private static byte[] frame(int opcode, byte... payload) {
        byte[] frame = new byte[2 + ZERO_KEY.length + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 2 + ZERO_KEY.length, payload.length);
        return frame;
    }
}
