package dev.heddle.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;

/// Publishes with the command `publish`.
record AccPublisher(AccLink link) implements Publisher {
    @Override
    public Attempt.Outcome publish(String channel, String id, String data) throws IOException {
        ObjectNode publication = AccLink.JSON.createObjectNode();
        publication.put("channel", channel).put("id", id);
        publication.set("data", AccLink.JSON.readTree(data));
        String seq = link.request("publish", publication);
        JsonNode answer = link.next();
        while (!answer.path("seq").asText().equals(seq)) {
            answer = link.next();
        }
        JsonNode position = AccLink.data(answer);
        return AccLink.code(answer) == 200
                ? new Attempt.Acknowledged(AccLink.position(position))
                : new Attempt.Refused(answer.toString());
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
