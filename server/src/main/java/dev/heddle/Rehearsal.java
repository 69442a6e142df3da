package dev.heddle;

import dev.heddle.config.NetSettings;
import dev.heddle.config.Settings;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
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
/// They are of every kind that real ones are: WebSockets that are closed properly and others that
/// are reset, HTTP requests, clients that go away without a word. The compiler leaves out what it
/// has never seen, and has to compile a path again, and all that is inlined into it, when that
/// comes after all.
///
/// The code in which a thread waits is compiled by then. It has to be: a virtual thread that parks
/// in interpreted code holds several times the stack of one that parks in compiled code, which
/// `lifecycle/IdleMemoryIT` measures (see the last part of `ops/jvm.options`, which says when that
/// code is compiled). And the first real clients meet a server that is nearly as quick as later.
public final class Rehearsal {
    private static final int CLIENTS = 16;

    private static final String PAGE =
            """
            GET / HTTP/1.1\r
            Host: 127.0.0.1:8080\r
            Connection: close\r
            \r
            """;

    private static final String UPGRADE =
            """
            GET PATH HTTP/1.1\r
            Host: localhost:8080\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    private static final int RESPONSE_BYTES = 129;
    private static final int SCRATCH_BYTES = 4_096;

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
    /// @param net what lies beneath the server's port
    /// @param connections how many to open and end
    /// @throws IOException when there is no loopback to rehearse on
    public static void play(NetSettings net, int connections, Duration bound)
            throws IOException, InterruptedException {
        try (Heddle heddle = Heddle.start(Settings.unseen(net))) {
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
        int number;
        while ((number = left.getAndDecrement()) > 0 && System.nanoTime() < endNanos) {
            try {
                connect(number);
            } catch (IOException unfinished) {
                // On a busy machine one may take too long; the others go on.
            }
        }
    }

    private void connect(int number) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(1_000);
            switch (number % 16) {
                case 1 -> {} // it goes away without a word
                case 2 -> exchange(socket, PAGE);
                case 3 -> {
                    converse(socket, "/echo");
                    socket.setSoLinger(true, 0); // it is reset
                }
                default -> {
                    converse(socket, number % 4 == 0 ? "/ws" : "/echo");
                    socket.getOutputStream().write(CLOSE);
                    readToEnd(socket);
                }
            }
        }
    }

    private static void exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        readToEnd(socket);
    }

    private static void converse(Socket socket, String path) throws IOException {
        OutputStream out = socket.getOutputStream();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        out.write(UPGRADE.replace("PATH", path).getBytes(StandardCharsets.US_ASCII));
        in.skipNBytes(RESPONSE_BYTES);
        for (int i = 0; i < 2; i++) {
            out.write(TEXT);
            in.skipNBytes(TEXT.length - ZERO_KEY.length);
            out.write(PONG);
        }
    }

    private static void readToEnd(Socket socket) throws IOException {
        byte[] scratch = new byte[SCRATCH_BYTES];
        InputStream in = socket.getInputStream();
        int count;
        do {
            count = in.read(scratch);
        } while (count >= 0);
    }

    private static byte[] frame(int opcode, byte... payload) {
        byte[] frame = new byte[2 + ZERO_KEY.length + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 2 + ZERO_KEY.length, payload.length);
        return frame;
    }
}
