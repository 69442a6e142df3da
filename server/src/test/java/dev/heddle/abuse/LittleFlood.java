package dev.heddle.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/// Anonymous connections that want as many turns of the server as they get, for next to nothing.
/// Each runs on a platform thread, and ends with this.
final class LittleFlood implements AutoCloseable {
    private static final int AT_ONCE = 1000;

    /// So that those in the server's socket last for some seconds and not for a minute.
    private static final int PONG_BYTES = 100;

    private static final String ECHO = "a";
    private static final String PING = "{\"seq\":\"1\",\"cmd\":\"ping\"}";
    private static final String PONG =
            "{\"seq\":\"1\",\"cmd\":\"ping\",\"response\":{\"code\":200,\"codeMsg\":\"Success\",\"data\":\"pong\"}}";

    private final Socket[] sockets;
    private final AtomicLong answeredBytes = new AtomicLong();
    private final int answerBytes;

    /// What such a connection sends.
    enum Kind {
        /// A ping as soon as the last one is answered.
        PINGS,
        /// As many pings as fit into the socket.
        PIPELINED_PINGS,
        /// As many pongs as fit into the socket, which nobody answers.
        PONGS,
        /// A message to `/echo` as soon as the last one has come back.
        ECHOES,
        /// As many messages to `/echo` as fit into the socket.
        PIPELINED_ECHOES,
        /// A command on `/acc` as soon as the last one is answered.
        COMMANDS,
        /// A request as soon as the last one is answered.
        REQUESTS,
        /// As many requests as fit into the socket.
        PIPELINED_REQUESTS;

        private boolean isHttp() {
            return this == REQUESTS || this == PIPELINED_REQUESTS;
        }

        private int atOnce() {
            return switch (this) {
                case PINGS, ECHOES, COMMANDS, REQUESTS -> 1;
                case PIPELINED_PINGS, PONGS, PIPELINED_ECHOES, PIPELINED_REQUESTS -> AT_ONCE;
            };
        }

        /// Whether there is a bound on how many are answered in a second. Echoes have none: they
        /// rest while others wait, and only then.
        boolean isCharged() {
            return this != ECHOES && this != PIPELINED_ECHOES;
        }

        private String path() {
            return this == ECHOES || this == PIPELINED_ECHOES ? "/echo" : "/acc";
        }

        private int answerBytes() {
            return switch (this) {
                case PONGS -> 0;
                case ECHOES, PIPELINED_ECHOES -> 2 + ECHO.length();
                case COMMANDS -> 2 + PONG.length();
                default -> 2;
            };
        }

        byte[] one(int port) {
            return switch (this) {
                case PINGS, PIPELINED_PINGS -> RawFrame.ping("").encoded();
                case PONGS -> RawFrame.of(RawFrame.PONG, new byte[PONG_BYTES]).encoded();
                case ECHOES, PIPELINED_ECHOES -> RawFrame.text(ECHO).encoded();
                case COMMANDS -> RawFrame.text(PING).encoded();
                case REQUESTS, PIPELINED_REQUESTS -> request("HEAD / HTTP/1.1", port);
            };
        }
    }

    LittleFlood(Kind kind, int port, int connections) throws IOException {
        sockets = new Socket[connections];
        int bytes = 0;
        for (int i = 0; i < connections; i++) {
            sockets[i] = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets[i].setTcpNoDelay(true);
            bytes = open(sockets[i], kind, port);
        }
        answerBytes = bytes;
        for (Socket socket : sockets) {
            start(() -> send(socket, kind, port));
            if (kind.atOnce() > 1) {
                start(() -> drain(socket));
            }
        }
    }

    /// How many answers the connections have got together.
    long answered() {
        return answerBytes == 0 ? 0 : answeredBytes.get() / answerBytes;
    }

    /// Ends them with a reset: what is still in this side's sockets is not sent any more.
    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /// Opens it, and finds out how long one answer is; 0 when there is none.
    private static int open(Socket socket, Kind kind, int port) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (kind.isHttp()) {
            out.write(kind.one(port));
            return readHead(socket.getInputStream());
        }
        out.write(RawClient.handshake(port, kind.path())); // where no broadcast counts as an answer
        readHead(socket.getInputStream());
        return kind.answerBytes();
    }

    private static byte[] request(String line, int port) {
        return (line + "\r\nHost: 127.0.0.1:" + port + "\r\n\r\n").getBytes(US_ASCII);
    }

    private static int readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) octet);
        }
        return head.length();
    }

    private void send(Socket socket, Kind kind, int port) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < kind.atOnce(); i++) {
            bytes.writeBytes(kind.one(port));
        }
        byte[] all = bytes.toByteArray();
        byte[] answer = new byte[answerBytes];
        while (true) {
            socket.getOutputStream().write(all);
            if (kind.atOnce() == 1) {
                answeredBytes.addAndGet(socket.getInputStream().readNBytes(answer, 0, answerBytes));
            }
        }
    }

    private void drain(Socket socket) throws IOException {
        byte[] scratch = new byte[1 << 16];
        int count;
        while ((count = socket.getInputStream().read(scratch)) >= 0) {
            answeredBytes.addAndGet(count);
        }
    }

    private static void start(Sending sending) {
        Runnable untilClosed =
                () -> {
                    try {
                        sending.run();
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                };
        Thread.ofPlatform().daemon().start(untilClosed);
    }

    /// What one thread does until its socket is closed.
    @FunctionalInterface
    private interface Sending {
        void run() throws IOException;
    }
}
