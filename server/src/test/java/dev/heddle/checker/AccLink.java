package dev.heddle.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A connection to `/acc`, logged in. One thread reads and sends; its [Lifeline] may be cut by
/// another one, and then each call here ends.
final class AccLink implements Closeable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Patience.BOUND;

    private final RawClient client;
    private int seq;

    /// The server has ended the connection.
    static final class Ended extends IOException {
        private static final long serialVersionUID = 1;
        private final int code;

        Ended(int code) {
            this.code = code;
        }

        /// The code of its Close frame, or -1 if there was none.
        int code() {
            return code;
        }
    }

    private AccLink(RawClient client) {
        this.client = client;
    }

    static AccLink open(int port, Lifeline line, String user) throws IOException {
        RawClient client = Lifeline.call(() -> RawClient.connect(port)).readWithin(PATIENCE);
        try {
            line.hold(client);
            client.sendHandshake("/acc");
            client.requireUpgrade(Lifeline.call(() -> client.readAnswer("GET")));
            AccLink link = new AccLink(client);
            link.request("login", JSON.createObjectNode().put("userID", user));
            JsonNode answer = link.next();
            if (code(answer) != 200) {
                throw client.failure("no login: " + answer);
            }
            return link;
        } catch (IOException | AssertionError failed) {
            client.close();
            throw failed;
        }
    }

    /// The code of a reply.
    static int code(JsonNode message) {
        return message.path("response").path("code").asInt();
    }

    /// The data of a reply or push.
    static JsonNode data(JsonNode message) {
        return message.path("response").path("data");
    }

    /// The position in the data of a reply or push.
    static Position position(JsonNode data) {
        return new Position(data.required("epoch").asText(), data.required("offset").asLong());
    }

    /// Sends a request.
    ///
    /// @return its `seq`
    String request(String command, ObjectNode data) throws IOException {
        String number = Integer.toString(++seq);
        ObjectNode request = JSON.createObjectNode().put("seq", number).put("cmd", command);
        client.send(RawFrame.text(request.set("data", data).toString()));
        return number;
    }

    /// Blocks until the next reply or push.
    JsonNode next() throws IOException {
        while (true) {
            Optional<RawFrame> frame = Lifeline.call(client::readFrameOrEnd);
            int opcode = frame.map(RawFrame::opcode).orElse(RawFrame.CLOSE);
            if (opcode == RawFrame.TEXT) {
                return JSON.readTree(frame.orElseThrow().payload());
            } else if (opcode == RawFrame.PING) {
                client.send(RawFrame.of(RawFrame.PONG, frame.orElseThrow().payload()));
            } else if (opcode == RawFrame.CLOSE) {
                throw new Ended(frame.map(RawFrame::closeCode).orElse(-1));
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
