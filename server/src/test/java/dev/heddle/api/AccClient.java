package dev.heddle.api;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import org.junit.jupiter.api.Assertions;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A client of `/acc` that somebody logs in on.
public final class AccClient implements Closeable {
    private static final String LOGGED_IN =
            """
            {"seq":"login","cmd":"login","response":{"code":200,"codeMsg":"Success",\
            """;

    private static final String PING =
            """
            {"seq":"ping","cmd":"ping"}\
            """;

    private static final String PONG =
            """
            {"seq":"ping","cmd":"ping","response":{"code":200,"codeMsg":"Success","data":"pong"}}\
            """;

    private final RawClient client;

    private AccClient(RawClient client) {
        this.client = client;
    }

    /// Connects, and nothing else.
    public static AccClient open(int port) throws IOException {
        return new AccClient(RawClient.open(port, "/acc"));
    }

    /// Connects and logs in.
    public static AccClient login(int port, int room, String user) throws IOException {
        AccClient client = open(port);
        client.client.send(
                RawFrame.text(
                        """
                        {"seq":"login","cmd":"login",\
                        "data":{"serviceToken":"","appID":%d,"userID":"%s"}}\
                        """
                                .formatted(room, user)));
        String answer = client.next();
        Assertions.assertTrue(answer.startsWith(LOGGED_IN), answer);
        return client;
    }

    /// Sends a message.
    public void send(String text) throws IOException {
        client.send(RawFrame.text(text));
    }

    /// Sends a message as a binary one.
    public void sendBinary(String text) throws IOException {
        client.send(RawFrame.binary(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The next message.
    public String next() throws IOException {
        return client.readFrame().text();
    }

    /// Insists that nothing has come.
    public void requireNothing() throws IOException {
        client.send(RawFrame.text(PING));
        Assertions.assertEquals(PONG, next());
    }

    /// Insists that the server ends the connection next.
    public void expectClose(int code) throws IOException {
        RawFrame frame = client.readFrame();
        Assertions.assertEquals(code, frame.closeCode(), frame.toString());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
