package dev.heddle.support;

import org.junit.jupiter.api.Assertions;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A client of `/acc`, on which somebody may log in. Requests have the name of their command as
/// their `seq`.
public final class AccClient implements Closeable {
    private static final String SUCCESS =
            """
            {"seq":"%s","cmd":"%1$s","response":{"code":200,"codeMsg":"Success",\
            """;

    private static final String PONG =
            """
            {"seq":"ping","cmd":"ping","response":{"code":200,"codeMsg":"Success","data":"pong"}}\
            """;

    private static final String PAYLOAD = "here?";

    private final RawClient line;

    private AccClient(RawClient line) {
        this.line = line;
    }

    /// Connects, and nothing else.
    public static AccClient open(int port) throws IOException {
        return new AccClient(RawClient.open(port, "/acc"));
    }

    /// Connects and logs in.
    public static AccClient login(int port, int room, String user) throws IOException {
        AccClient client = open(port);
        client.request(
                "login",
                "{\"serviceToken\":\"\",\"appID\":%d,\"userID\":\"%s\"}".formatted(room, user));
        String answer = client.next();
        Assertions.assertTrue(answer.startsWith(SUCCESS.formatted("login")), answer);
        return client;
    }

    /// The connection below, for what is not a conversation with `/acc`.
    public RawClient line() {
        return line;
    }

    /// Sends a message.
    public void send(String text) throws IOException {
        line.send(RawFrame.text(text));
    }

    /// Sends a message as a binary one.
    public void sendBinary(String text) throws IOException {
        line.send(RawFrame.binary(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// Sends a request with these data, which are JSON.
    public void request(String command, String data) throws IOException {
        send("{\"seq\":\"%s\",\"cmd\":\"%1$s\",\"data\":%s}".formatted(command, data));
    }

    /// Says something to the room, and reads on until the server has taken it.
    public void say(String text) throws IOException {
        request("msgAll", "{\"message\":\"" + text + "\"}");
        String reply = awaitText("\"cmd\":\"msgAll\"");
        Assertions.assertTrue(reply.startsWith(SUCCESS.formatted("msgAll")), reply);
    }

    /// Reads on until a user says this to the room.
    public void hear(String user, String text) throws IOException {
        awaitText("\"cmd\":\"msg\"", "\"msg\":\"" + text + "\"", "\"from\":\"" + user + "\"");
    }

    /// The next message.
    public String next() throws IOException {
        RawFrame frame = line.readFrame();
        if (frame.opcode() != RawFrame.TEXT) {
            throw line.failure("expected a text message, got " + frame);
        }
        return frame.text();
    }

    /// Insists that nothing has come.
    public void requireNothing() throws IOException {
        request("ping", "{}");
        Assertions.assertEquals(PONG, next());
    }

    /// Sends a ping of the WebSocket protocol, and reads on until its pong comes.
    public void ping() throws IOException {
        line.send(RawFrame.ping(PAYLOAD));
        RawFrame pong = await(frame -> frame.opcode() == RawFrame.PONG);
        Assertions.assertEquals(PAYLOAD, pong.text());
    }

    /// Insists that the server ends the connection next, and leaves it at that.
    public void expectClose(int code) throws IOException {
        requireClose(line.readFrame(), code);
    }

    /// Reads on until the server ends the connection, which must be with this code, and agrees.
    public void awaitClose(int code) throws IOException {
        requireClose(await(frame -> frame.opcode() == RawFrame.CLOSE), code);
        agree(code);
    }

    /// Answers the server's goodbye, after which the stream must end.
    public void agree(int code) throws IOException {
        line.send(RawFrame.close(code, ""));
        line.expectEnd();
    }

    /// Reads on until the stream ends, which it must without a goodbye.
    public void awaitCut() throws IOException {
        for (var frame = line.readFrameOrEnd(); frame.isPresent(); frame = line.readFrameOrEnd()) {
            Assertions.assertNotEquals(RawFrame.CLOSE, frame.get().opcode());
        }
    }

    /// Says goodbye, and reads on until the server agrees.
    public void leave() throws IOException {
        line.send(RawFrame.close(1000, ""));
        await(frame -> frame.opcode() == RawFrame.CLOSE);
        line.expectEnd();
    }

    @Override
    public void close() throws IOException {
        line.close();
    }

    private void requireClose(RawFrame frame, int code) {
        if (frame.opcode() != RawFrame.CLOSE || frame.closeCode() != code) {
            throw line.failure("expected a close frame with code " + code + ", got " + frame);
        }
    }

    public String awaitText(String... parts) throws IOException {
        return await(frame -> Stream.of(parts).allMatch(frame.text()::contains)).text();
    }

    private RawFrame await(Predicate<RawFrame> wanted) throws IOException {
        RawFrame frame;
        do {
            frame = line.readFrame();
        } while (!wanted.test(frame));
        return frame;
    }
}
