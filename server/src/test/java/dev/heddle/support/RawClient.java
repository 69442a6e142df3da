package dev.heddle.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.net.SocketFactory;

/// A client of plain bytes over a blocking socket, for tests: it sends whatever it is told and
/// reads what comes back by the strictest reading of RFC 6455. Nothing is answered behind the
/// test's back.
///
/// Each read ends by a deadline ([#readWithin]). What is not as it must be is an `AssertionError`
/// that shows the bytes of both directions. One thread may read while another one sends.
public final class RawClient implements Closeable {
    /// How long a read may last unless the test says otherwise.
    public static final Duration PATIENCE = Patience.BOUND;

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final Fragments fragments = new Fragments();
    private final Socket socket;
    private final TimedInput in;
    private final OutputStream out;
    private final Transcript sent = new Transcript();
    private volatile Duration patience = PATIENCE;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new TimedInput(socket);
        this.out = socket.getOutputStream();
    }

    /// A connection to the loopback address that has sent nothing yet.
    public static RawClient connect(int port) throws IOException {
        return connect(port, new Socket());
    }

    /// A connection whose kernel holds little of what the test does not read.
    ///
    /// @param receiveBufferBytes of the socket, of which Linux makes twice as much
    public static RawClient connect(int port, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        return connect(port, socket);
    }

    /// A connection from another address of this machine, such as `127.0.0.2`.
    public static RawClient connectFrom(String source, int port) throws IOException {
        return connectFrom(source, port, SocketFactory.getDefault());
    }

    /// The same with sockets of another kind.
    public static RawClient connectFrom(String source, int port, SocketFactory sockets)
            throws IOException {
        Socket socket = sockets.createSocket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
        return connect(port, socket);
    }

    /// A connection with sockets of another kind, such as those of TLS.
    public static RawClient connect(int port, SocketFactory sockets) throws IOException {
        return connect(port, sockets.createSocket());
    }

    private static RawClient connect(int port, Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                (int) PATIENCE.toMillis());
        return new RawClient(socket);
    }

    /// A connection whose opening handshake for `target` is done.
    public static RawClient open(int port, String target) throws IOException {
        RawClient client = connect(port);
        client.upgrade(target);
        return client;
    }

    /// Does the opening handshake for `target`.
    public void upgrade(String target) throws IOException {
        sendHandshake(target);
        requireUpgrade(readAnswer("GET"));
    }

    /// A connection whose opening handshake for `target` is done, with offers of extensions.
    ///
    /// @param offers value of `Sec-WebSocket-Extensions`
    /// @param accepted what must be accepted of it; empty for nothing
    public static RawClient open(int port, String target, String offers, String accepted)
            throws IOException {
        RawClient client = connect(port);
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        headers.add("Sec-WebSocket-Extensions: " + offers);
        client.send(request("GET " + target + " HTTP/1.1", headers));
        client.requireUpgrade(client.readAnswer("GET"), accepted);
        client.fragments.mayCompress();
        return client;
    }

    /// Sends a valid opening handshake for `target`.
    public void sendHandshake(String target) throws IOException {
        send(request("GET " + target + " HTTP/1.1", upgradeHeaders()));
    }

    /// The bytes of a valid opening handshake, for clients of their own kind.
    public static byte[] handshake(int port, String target) {
        return request("GET " + target + " HTTP/1.1", upgradeHeaders("127.0.0.1:" + port));
    }

    /// The header lines of a valid opening handshake, without line ends.
    public List<String> upgradeHeaders() {
        return upgradeHeaders(host());
    }

    /// The same for a server at `host`, for clients of their own kind.
    public static List<String> upgradeHeaders(String host) {
        return List.of(
                "Host: " + host,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + KEY,
                "Sec-WebSocket-Version: 13");
    }

    /// The bytes of a request head, each character one byte.
    public static byte[] request(String line, List<String> headers) {
        String head = line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The value of a right Host header.
    public String host() {
        return "127.0.0.1:" + socket.getPort();
    }

    /// The socket.
    public Socket socket() {
        return socket;
    }

    /// From now on, how long one call that reads may last in all.
    public RawClient readWithin(Duration limit) {
        patience = limit;
        return this;
    }

    /// Sends these bytes with one write.
    public void send(byte... bytes) throws IOException {
        sendInChops(bytes, Math.max(1, bytes.length));
    }

    /// Sends these frames with one write.
    public void send(RawFrame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (RawFrame frame : frames) {
            bytes.writeBytes(frame.encoded());
        }
        send(bytes.toByteArray());
    }

    /// Sends these bytes with writes of at most `size` bytes, each of them a segment of its own as
    /// far as this side can see to it; size 1 is an octet at a time.
    public void sendInChops(byte[] bytes, int size) throws IOException {
        for (int at = 0; at < bytes.length; at += size) {
            int length = Math.min(size, bytes.length - at);
            out.write(bytes, at, length);
            sent.add(bytes, at, length);
        }
    }

    /// Sends a FIN: the server sees the end of the stream, this side can still read.
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// Insists on a right answer to the opening handshake, without extension or subprotocol.
    public void requireUpgrade(HttpAnswer answer) {
        requireUpgrade(answer, "");
    }

    private void requireUpgrade(HttpAnswer answer, String extensions) {
        boolean right =
                answer.status() == 101
                        && answer.header("Upgrade").equalsIgnoreCase("websocket")
                        && answer.header("Connection").equalsIgnoreCase("Upgrade")
                        && answer.header("Sec-WebSocket-Accept").equals(ACCEPT)
                        && answer.header("Sec-WebSocket-Extensions").equals(extensions)
                        && answer.header("Sec-WebSocket-Protocol").isEmpty();
        if (!right) {
            throw failure("the opening handshake was not answered as it must: " + answer);
        }
    }

    /// Reads one response; the method of its request decides whether a body follows.
    public HttpAnswer readAnswer(String method) throws IOException {
        in.readWithin(patience);
        try {
            return StrictAnswers.read(in, method);
        } catch (IOException e) {
            throw failure("expected an HTTP response", e);
        }
    }

    /// Reads one control frame, or one message, whose fragments are joined to one frame. Each must
    /// be as a server's must: unmasked, no reserved bits, a known opcode, the shortest length form;
    /// a control frame final and of at most 125 bytes; texts and close reasons in UTF-8.
    public RawFrame readFrame() throws IOException {
        return readFrameOrEnd()
                .orElseThrow(() -> failure("expected a frame, got the end of the stream"));
    }

    /// Reads as [#readFrame], or nothing at the end of the stream.
    public Optional<RawFrame> readFrameOrEnd() throws IOException {
        in.readWithin(patience);
        try {
            return fragments.next(in);
        } catch (IOException e) {
            throw failure("expected a frame", e);
        }
    }

    /// Reads a close frame, which must have this code (-1: none at all), and the end of the stream.
    public void expectClose(int code) throws IOException {
        RawFrame frame = readFrame();
        if (frame.opcode() != RawFrame.CLOSE || frame.closeCode() != code) {
            throw failure("expected a close frame with code " + code + ", got " + frame);
        }
        expectEnd();
    }

    /// Everything up to the end of the stream, each byte one character.
    public String readToEnd() throws IOException {
        in.readWithin(patience);
        StringBuilder text = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                text.append((char) octet);
            }
        } catch (IOException e) {
            throw failure("expected the end of the stream", e);
        }
        return text.toString();
    }

    /// Insists that nothing more comes, and that it ends with a FIN and not with a reset.
    public void expectEnd() throws IOException {
        in.readWithin(patience);
        try {
            int octet = in.read();
            if (octet >= 0) {
                throw failure("expected the end of the stream, got %02x".formatted(octet));
            }
        } catch (IOException e) {
            throw failure("expected the end of the stream", e);
        }
    }

    /// A failure whose message shows what was sent and received.
    public AssertionError failure(String what) {
        return new AssertionError(what + "\n" + conversation());
    }

    private AssertionError failure(String what, IOException cause) {
        return new AssertionError(what + ": " + cause.getMessage() + "\n" + conversation(), cause);
    }

    /// The bytes of both directions, long ones abridged.
    public String conversation() {
        Transcript received = in.transcript();
        return "sent %d bytes\n%sreceived %d bytes\n%s"
                .formatted(sent.count(), sent.dump(), received.count(), received.dump());
    }

    /// Ends the connection with a reset instead of a FIN.
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
