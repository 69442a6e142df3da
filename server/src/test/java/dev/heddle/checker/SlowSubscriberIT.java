package dev.heddle.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.Map;

/// A subscriber that does not read is sent away, comes back with its position, and has everything.
class SlowSubscriberIT {
    private static final String PADDING = "x".repeat(20_000);

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_CHANNELS_RULES",
                                    "c publish=users history=100000 history-bytes=256MiB",
                                    "HEDDLE_CHANNELS_HISTORY_BYTES",
                                    "256MiB",
                                    "HEDDLE_COMMANDS_PER_SECOND",
                                    "0",
                                    "HEDDLE_COMMANDS_BYTES_PER_SECOND",
                                    "0")));

    @Test
    void recoversWhatItDidNotRead() throws Exception {
        long published = 0;
        ReaderLog log = new ReaderLog("slow", "c");
        try (AccLink slow = AccLink.open(SERVER.port(), new Lifeline(), "slow");
                AccLink writer = AccLink.open(SERVER.port(), new Lifeline(), "writer")) {
            log.begin(AccLink.position(ask(slow, "subscribe", channel())));
            while (SERVER.heddle().counters().slowConsumers.sum() == 0) {
                publish(writer);
                published++;
            }
            AccLink.Ended ended =
                    assertThrows(
                            AccLink.Ended.class,
                            () -> {
                                while (true) {
                                    take(log, AccLink.data(slow.next()));
                                }
                            });
            assertEquals(4013, ended.code());
        }
        long read = log.offset();
        assertTrue(read < published, () -> "had read all " + read);
        try (AccLink slow = AccLink.open(SERVER.port(), new Lifeline(), "slow")) {
            ObjectNode request = channel();
            request.putObject("recover").put("epoch", log.position().epoch()).put("offset", read);
            JsonNode reply = ask(slow, "subscribe", request);
            assertTrue(reply.path("recovered").asBoolean());
            for (JsonNode publication : reply.path("publications")) {
                log.get(
                        new Position(log.position().epoch(), publication.path("offset").asLong()),
                        0);
            }
            log.confirm(AccLink.position(reply));
        }
        assertEquals(published, log.offset());
        assertEquals(1, log.runs().size(), "without a hole");
    }

    private static ObjectNode channel() {
        return AccLink.JSON.createObjectNode().put("channel", "c");
    }

    private static void publish(AccLink writer) throws IOException {
        ask(writer, "publish", channel().put("data", PADDING));
    }

    private static void take(ReaderLog log, JsonNode push) {
        log.get(AccLink.position(push), 0);
    }

    private static JsonNode ask(AccLink link, String command, ObjectNode data) throws IOException {
        link.request(command, data);
        return AccLink.data(link.next());
    }
}
