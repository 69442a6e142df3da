package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// b1, timing: a request head has one deadline in all, which no byte of it puts off.
class SlowHeadIT {
    private static final Duration HEAD = Duration.ofMillis(500);

    private static final int PEERS = 1000;

    /// Enough for an honest client to say what it wants, whatever else the machine does.
    private static final String ENOUGH = "4s";

    @RegisterExtension static final TestServer SERVER = server(HEAD.toMillis() + "ms");

    @RegisterExtension static final TestServer PATIENT = server(ENOUGH);

    private static TestServer server(String head) {
        return new TestServer(
                TestServer.configured(
                        Map.of("HEDDLE_DIAGNOSTICS", "true", "HEDDLE_DEADLINES_HEAD", head)));
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(SERVER.port());
    }

    /// Insists that the server ends it, with a 408 or without a word.
    private static void requireEnd(RawClient client) throws IOException {
        String answer = client.readToEnd();
        if (!answer.isEmpty() && !answer.startsWith("HTTP/1.1 408 ")) {
            throw client.failure("expected a 408 or nothing");
        }
    }

    @Test
    void endsAConnectionThatSendsNothing() throws IOException {
        try (RawClient client = connect()) {
            requireEnd(client);
        }
    }

    @Test
    void endsAConnectionThatFallsSilentAfterAnAnswer() throws IOException {
        try (RawClient client = RawClient.connect(PATIENT.port())) {
            client.send(RawClient.request("GET / HTTP/1.1", List.of("Host: " + client.host())));
            assertEquals(200, client.readAnswer("GET").status(), client::conversation);
            requireEnd(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET ", "GET /echo HTTP/1.1\r\nX-A: "})
    void endsAHeadThatTrickles(String beginning) throws Exception {
        try (RawClient client = connect()) {
            client.send(beginning.getBytes(StandardCharsets.ISO_8859_1));
            Thread trickle = Thread.startVirtualThread(() -> trickle(client));
            try {
                requireEnd(client);
            } finally {
                trickle.interrupt();
                trickle.join();
            }
        }
    }

    /// Sends a byte twenty times a second for as long as the connection takes it.
    private static void trickle(RawClient client) {
        try {
            while (true) {
                client.send((byte) 'a');
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (IOException | InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void servesOthersWhileManyAreSlow() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                slow.add(RawClient.connect(PATIENT.port()));
                slow.add(RawClient.connect(PATIENT.port()));
                slow.getLast().send("GET /echo HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (RawClient client = RawClient.open(PATIENT.port(), "/echo")) {
                client.send(RawFrame.text("in time"));
                assertEquals("in time", client.readFrame().text());
            }
            for (RawClient client : slow) {
                requireEnd(client);
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void leavesAConnectionAloneThatIsUpgraded() throws IOException {
        try (RawClient upgraded = RawClient.open(PATIENT.port(), "/echo");
                RawClient clock = RawClient.connect(PATIENT.port())) {
            requireEnd(clock);
            upgraded.send(RawFrame.text("still here"));
            assertEquals("still here", upgraded.readFrame().text());
        }
    }
}
