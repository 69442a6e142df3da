package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Clients that others have written, on endpoints that speak subprotocols: each tells its user the
/// first of those it offers that the endpoint speaks.
class SubprotocolsIT {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS",
                                    "true",
                                    "HEDDLE_ECHO_SUBPROTOCOLS",
                                    "graphql-transport-ws,chat",
                                    "HEDDLE_WS_SUBPROTOCOLS",
                                    "graphql-transport-ws",
                                    "HEDDLE_WS_REQUIRE_SUBPROTOCOL",
                                    "true")));

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void agreesInTheClientsOrder(RealClient client) throws Exception {
        agrees(client, "/echo", List.of("mqtt", "chat", "graphql-transport-ws"), "chat");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void agreesOnWhatIsRequired(RealClient client) throws Exception {
        agrees(client, "/ws", List.of("graphql-transport-ws"), "graphql-transport-ws");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void whoOffersNoneHasNone(RealClient client) throws Exception {
        agrees(client, "/echo", List.of(), "");
    }

    private static void agrees(
            RealClient client, String path, List<String> offered, String expected)
            throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + SERVER.port() + path);
        try (Conversation conversation = client.open(uri, offered)) {
            assertEquals(expected, conversation.subprotocol());
            Scenario.TEXT.play(conversation);
        }
    }
}
