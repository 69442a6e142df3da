package dev.heddle.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A client of `/acc` behind a slow line: it reads so many bytes a second, whatever comes, and its
/// kernel holds few. It answers pings as it reads them.
public final class SlowReader implements Closeable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;
    private final StringBuilder text = new StringBuilder();
    private int limit;
    private int awaited;
    private int subscribed;
    private int longestFrame;

    /// @param bytesPerSecond how fast it reads
    public SlowReader(int port, int bytesPerSecond) throws IOException {
        socket.setReceiveBufferSize(SlowInput.RECEIVE_BUFFER);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(new SlowInput(socket.getInputStream(), bytesPerSecond));
        out = socket.getOutputStream();
        out.write(RawClient.handshake(port, "/acc"));
        while (!text.toString().endsWith("\r\n\r\n")) {
            text.append((char) in.readUnsignedByte());
        }
        if (!text.toString().startsWith("HTTP/1.1 101")) {
            throw new AssertionError(text);
        }
        text.setLength(0);
        send("{\"seq\":\"login\",\"cmd\":\"login\",\"data\":{\"userID\":\"snail\"}}");
    }

    /// Asks for the whole history of so many channels, all at once.
    ///
    /// @param limit publications of a portion; 0 for all at once
    public void subscribeAll(int channels, int limit) throws IOException {
        this.limit = limit;
        awaited = channels;
        for (int i = 0; i < channels; i++) {
            subscribe("slow:" + i, "\"rewind\":1000");
        }
    }

    private void subscribe(String channel, String from) throws IOException {
        String portion = limit == 0 ? "" : ",\"limit\":" + limit;
        send(
                "{\"seq\":\"s\",\"cmd\":\"subscribe\",\"data\":{\"channel\":\"%s\",%s%s}}"
                        .formatted(channel, from, portion));
    }

    /// Reads until every channel is subscribed.
    ///
    /// @return how many publications came
    public int readPublications() throws IOException {
        int publications = 0;
        while (subscribed < awaited) {
            JsonNode reply = JSON.readTree(readMessage());
            if (reply.path("response").path("code").asInt() != 200) {
                throw new AssertionError(reply);
            }
            JsonNode data = reply.path("response").path("data");
            if (reply.path("cmd").asText().equals("subscribe")) {
                publications += data.path("publications").size();
                goOn(data);
            }
        }
        return publications;
    }

    private void goOn(JsonNode data) throws IOException {
        if (data.path("more").asBoolean()) {
            String from =
                    "\"recover\":{\"epoch\":\"%s\",\"offset\":%d}"
                            .formatted(data.path("epoch").asText(), data.path("offset").asLong());
            subscribe(data.path("channel").asText(), from);
        } else {
            subscribed++;
        }
    }

    /// Insists that the connection goes on: reads on until the server has answered one more
    /// request.
    public void requireOpen() throws IOException {
        send("{\"seq\":\"h\",\"cmd\":\"heartbeat\",\"data\":{}}");
        while (!JSON.readTree(readMessage()).path("cmd").asText().equals("heartbeat")) {
            // What comes before its answer was on the way.
        }
    }

    /// How many channels are subscribed.
    public int subscribed() {
        return subscribed;
    }

    /// The payload of the longest frame that came.
    public int longestFrame() {
        return longestFrame;
    }

    private String readMessage() throws IOException {
        text.setLength(0);
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = readPayload();
            switch (first & 0xF) {
                case RawFrame.PING -> out.write(RawFrame.of(RawFrame.PONG, payload).encoded());
                case RawFrame.CLOSE ->
                        throw new AssertionError("closed: " + RawFrame.of(8, payload));
                default -> text.append(new String(payload, StandardCharsets.UTF_8));
            }
            if ((first & 0x80) != 0 && (first & 8) == 0) {
                return text.toString();
            }
        }
    }

    private byte[] readPayload() throws IOException {
        int length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length;
        length = length == 127 ? Math.toIntExact(in.readLong()) : length;
        longestFrame = Math.max(longestFrame, length);
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    private void send(String request) throws IOException {
        out.write(RawFrame.text(request).encoded());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Reads 20 channels of a server at a rate, and says how long it took: `PORT BYTES_PER_SECOND
    /// LIMIT`.
    public static void main(String... args) throws IOException {
        long began = System.nanoTime();
        try (SlowReader reader =
                new SlowReader(Integer.parseInt(args[0]), Integer.parseInt(args[1]))) {
            reader.subscribeAll(20, Integer.parseInt(args[2]));
            int publications = reader.readPublications();
            System.out.printf(
                    "%d publications of %d channels in %d s%n",
                    publications,
                    reader.subscribed(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
    }
}
