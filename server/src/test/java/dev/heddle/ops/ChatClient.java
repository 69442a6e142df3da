package dev.heddle.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.util.Map;

/// A user of room 101 on `/acc`.
final class ChatClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final RawClient client;

    /// Connects and logs in.
    ChatClient(int port, String user) throws IOException {
        client = RawClient.open(port, "/acc");
        request("login", Map.of("appID", 101, "userID", user));
    }

    /// Says something to the room.
    void say(String text) throws IOException {
        request("msgAll", Map.of("message", text));
    }

    /// Reads until this comes from that user.
    void hears(String from, String text) throws IOException {
        JsonNode data;
        do {
            data = read("msg").path("data");
        } while (!data.path("from").asText().equals(from)
                || !data.path("msg").asText().equals(text));
    }

    /// Sends a ping of the WebSocket protocol and reads until its pong comes.
    void pings() throws IOException {
        client.send(RawFrame.ping("here?"));
        RawFrame frame;
        do {
            frame = client.readFrame();
        } while (frame.opcode() != RawFrame.PONG);
        if (!frame.text().equals("here?")) {
            throw client.failure("the pong has another payload: " + frame);
        }
    }

    /// Reads on until the server says goodbye, which must be with this code.
    void isToldGoodbye(int code) throws IOException {
        RawFrame frame;
        do {
            frame = client.readFrame();
        } while (frame.opcode() != RawFrame.CLOSE);
        if (frame.closeCode() != code) {
            throw client.failure("closed with another code: " + frame);
        }
        client.send(RawFrame.close(code, ""));
        client.expectEnd();
    }

    /// Reads on until the stream ends, which it must without a goodbye.
    void isCut() throws IOException {
        for (var frame = client.readFrameOrEnd();
                frame.isPresent();
                frame = client.readFrameOrEnd()) {
            if (frame.get().opcode() == RawFrame.CLOSE) {
                throw client.failure("not cut but told goodbye");
            }
        }
    }

    /// Says goodbye, and is answered.
    void leaves() throws IOException {
        client.send(RawFrame.close(1000, ""));
        RawFrame frame;
        do {
            frame = client.readFrame();
        } while (frame.opcode() != RawFrame.CLOSE);
        client.expectEnd();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /// Sends a request and reads until its reply comes, which must be 200.
    private void request(String command, Map<String, Object> data) throws IOException {
        Map<String, Object> request = Map.of("seq", command + '!', "cmd", command, "data", data);
        client.send(RawFrame.text(JSON.writeValueAsString(request)));
        int code = read(command).path("code").asInt();
        if (code != 200) {
            throw client.failure(command + " was answered with " + code);
        }
    }

    /// Reads until a push or a reply of this command comes.
    ///
    /// @return its `response`
    private JsonNode read(String command) throws IOException {
        JsonNode envelope;
        do {
            RawFrame frame = client.readFrame();
            envelope = JSON.readTree(frame.text());
        } while (!envelope.path("cmd").asText().equals(command));
        return envelope.path("response");
    }
}
