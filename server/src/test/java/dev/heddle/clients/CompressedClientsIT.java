package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// Node's zlib then inflates with a window of 512 bytes, and fails at what refers further back.
    @ParameterizedTest(name = "a window of {0} bits")
    @ValueSource(ints = {9, 10, 15})
    void aClientInflatesWithTheWindowThatItDemands(int bits) throws Exception {
        URI echo = URI.create("ws://127.0.0.1:" + SERVER.port() + "/echo");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append("{\"id\":").append(i * i % 1009).append(",\"name\":\"weft\"},");
        }
        long before = SERVER.heddle().counters().bytesOut.sum();
        try (Conversation conversation = RealClient.nodeWsWithWindow(echo, bits)) {
            for (int length : new int[] {1, 511, 512, 513, 5_000, text.length()}) {
                String message = text.substring(0, length);
                conversation.sendText(List.of(message));
                conversation.expect(new Event.Text(message));
            }
            long sent = SERVER.heddle().counters().bytesOut.sum() - before;
            assertTrue(sent < text.length() / 2, () -> sent + " bytes");
            Scenario.MIB_1.play(conversation);
        }
    }
}
