package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Clients that others have written, each in every scenario, on a server that compresses. All but
/// the JDK's offer it.
class CompressedClientsIT {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_ECHO_DEFLATE", "true",
                                    "HEDDLE_SENDING_DEFLATE_BYTES", "1")));

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isSentLessThanItReads(RealClient client) throws Exception {
        URI echo = URI.create("ws://127.0.0.1:" + SERVER.port() + "/echo");
        String text = "warp and weft, ".repeat(4000);
        long before = SERVER.heddle().counters().bytesOut.sum();
        try (Conversation conversation = client.open(echo)) {
            conversation.sendText(List.of(text));
            conversation.expect(new Event.Text(text));
        }
        long sent = SERVER.heddle().counters().bytesOut.sum() - before;
        assertEquals(client != RealClient.JDK, sent < text.length() / 10, () -> sent + " bytes");
    }

    static Stream<Arguments> table() {
        return RealClientsIT.table();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void understandsEachOther(RealClient client, Scenario scenario) throws Exception {
        URI echo = URI.create("ws://127.0.0.1:" + SERVER.port() + "/echo");
        try (Conversation conversation = client.open(echo)) {
            scenario.play(conversation);
        }
    }
}
