package dev.heddle.bench.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A WebSocket server that does what a test says, right or wrong: a virtual thread per connection.
public final class FakeServer implements AutoCloseable {
    /// What it does with a connection.
    public interface Behaviour {
        /// Serves the connection until this returns; then it is closed.
        void serve(Peer peer) throws IOException;
    }

    /// One connection, from the server's side.
    public static final class Peer {
        private final DataInputStream in;
        private final OutputStream out;
        private final int number;
        private String key = "";

        private Peer(Socket socket, int number) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /// How many came before it.
        public int number() {
            return number;
        }

        /// Reads the request's head; answers nothing.
        public String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            for (String line : text.split("\r\n", -1)) {
                if (line.startsWith("Sec-WebSocket-Key: ")) {
                    key = line.substring(line.indexOf(' ') + 1);
                }
            }
            return text;
        }

        /// Reads the request and accepts it.
        public void accept() throws IOException {
            readHead();
            write(acceptance());
        }

        /// The answer that accepts the request that was read.
        public String acceptance() {
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                    + digest(key)
                    + "\r\n\r\n";
        }

        /// Reads a frame, unmasked: its first byte, then its payload.
        public byte[] readFrame() throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length < 0x80) {
                throw new IOException("a client's frame must be masked");
            }
            length &= 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] key = in.readNBytes(4);
            byte[] frame = new byte[1 + length];
            frame[0] = (byte) first;
            in.readFully(frame, 1, length);
            for (int i = 0; i < length; i++) {
                frame[1 + i] ^= key[i % 4];
            }
            return frame;
        }

        /// Writes text as it is.
        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// Writes bytes as they are.
        public void write(int... bytes) throws IOException {
            byte[] raw = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                raw[i] = (byte) bytes[i];
            }
            out.write(raw);
        }

        /// Writes a frame that was read, not masked.
        public void writeFrame(byte[] frame) throws IOException {
            out.write(encode(frame));
        }

        /// A frame as it goes over the wire, not masked: its first byte, its length, its payload.
        public static byte[] encode(byte[] frame) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int length = frame.length - 1;
            bytes.write(frame[0]);
            if (length < 126) {
                bytes.write(length);
            } else {
                bytes.write(126);
                bytes.write(length >> 8);
                bytes.write(length);
            }
            bytes.write(frame, 1, length);
            return bytes.toByteArray();
        }

        private static String digest(String key) {
            try {
                MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
                String text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
                byte[] digest = sha1.digest(text.getBytes(StandardCharsets.US_ASCII));
                return Base64.getEncoder().encodeToString(digest);
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new AssertionError(everyJavaHasIt);
            }
        }
    }

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /// Serves on a free port of the loopback.
    public FakeServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAll);
    }

    /// Where to connect to.
    public URI uri() {
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void acceptAll() {
        try {
            for (int number = 0; ; number++) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int which = number;
                Thread.ofVirtual().start(() -> serve(socket, which));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            socket.setTcpNoDelay(true);
            behaviour.serve(new Peer(socket, number));
        } catch (IOException gone) {
            return;
        } finally {
            sockets.remove(socket);
        }
    }
}
