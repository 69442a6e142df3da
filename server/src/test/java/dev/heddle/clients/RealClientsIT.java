package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.Heddle;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.TestServer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Clients that others have written, each in every scenario.
class RealClientsIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static Stream<Arguments> table() {
        return Arrays.stream(RealClient.values())
                .flatMap(
                        client ->
                                Arrays.stream(Scenario.values())
                                        .filter(s -> isPossible(client, s))
                                        .map(scenario -> Arguments.of(client, scenario)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("table")
    void understandsEachOther(RealClient client, Scenario scenario) throws Exception {
        try (Conversation conversation = client.open(uri(SERVER.heddle(), "/echo"))) {
            scenario.play(conversation);
        }
    }

    @ParameterizedTest(name = "{0}: its close code is the one that is counted")
    @EnumSource
    void countsTheCloseCodeOfTheClient(RealClient client) throws Exception {
        long before = closed("3xxx");
        try (Conversation conversation = client.open(uri(SERVER.heddle(), "/echo"))) {
            Scenario.CLOSE_WITH_REASON.play(conversation);
        }
        Awaitility.await()
                .pollInSameThread()
                .untilAsserted(() -> assertEquals(before + 1, closed("3xxx")));
    }

    @ParameterizedTest(name = "{0}: server-initiated close")
    @EnumSource
    void isToldThatTheServerGoesAway(RealClient client) throws Exception {
        try (Heddle server = Heddle.start(TestServer.settings())) {
            LeakCheck leaks = new LeakCheck(server);
            try (Conversation conversation = client.open(uri(server, "/ws"))) {
                conversation.sendText(List.of("last words"));
                conversation.expect(new Event.Text("last words"));
                server.drain();
                conversation.expect(
                        new Event.Closed(1001, "server is going away; come back in 5s"));
            }
            leaks.awaitNothingLeft();
        }
    }

    private static boolean isPossible(RealClient client, Scenario scenario) {
        return scenario != Scenario.FRAGMENTS || client.sendsFragments();
    }

    private static long closed(String code) {
        return SERVER.heddle().counters().closedByCode().getOrDefault(code, new LongAdder()).sum();
    }

    private static URI uri(Heddle server, String path) {
        return URI.create("ws://127.0.0.1:" + server.port() + path);
    }
}
