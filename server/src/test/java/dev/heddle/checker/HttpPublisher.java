package dev.heddle.checker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/// Publishes as a backend does, on the internal port.
record HttpPublisher(RawClient client) implements Publisher {
    static HttpPublisher open(int port, Lifeline line) throws IOException {
        RawClient client = Lifeline.call(() -> RawClient.connect(port));
        line.hold(client);
        return new HttpPublisher(client.readWithin(Patience.BOUND));
    }

    @Override
    public Attempt.Outcome publish(String channel, String id, String data) throws IOException {
        byte[] body = "{\"id\":\"%s\",\"data\":%s}".formatted(id, data).getBytes(UTF_8);
        HttpAnswer answer = post(channel, body);
        while (answer.status() == 503) { // an earlier call with this id is not done
            answer = post(channel, body);
        }
        return answer.status() == 200
                ? new Attempt.Acknowledged(AccLink.position(AccLink.JSON.readTree(answer.body())))
                : new Attempt.Refused(answer.toString());
    }

    private HttpAnswer post(String channel, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                RawClient.request(
                        "POST /api/v1/channels/" + channel + "/publications HTTP/1.1",
                        List.of(
                                "Host: " + client.host(),
                                "Content-Type: application/json",
                                "Content-Length: " + body.length)));
        request.writeBytes(body);
        client.send(request.toByteArray());
        return Lifeline.call(() -> client.readAnswer("POST"));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
