package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class DrainCommandIT {
    private static final String KEY = "correct-horse-battery-staple";
    private static final Map<String, String> LOCKED = Map.of("HEDDLE_INTERNAL_API_KEY", KEY);

    private final Terminal terminal = new Terminal();

    @Test
    void drainsAServerAndReturnsWhenItHasEnded() throws Exception {
        try (ServerProcess server =
                        new ServerProcess("export HEDDLE_INTERNAL_API_KEY=" + KEY + ";");
                RawClient client = RawClient.open(server.port(), "/ws")) {
            Thread answering =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            client.expectClose(1001);
                                            client.send(RawFrame.close(1001, ""));
                                        } catch (java.io.IOException gone) {
                                            throw new java.io.UncheckedIOException(gone);
                                        }
                                    });
            String line = "drain --over 3s --internal-port " + server.internalPort();
            assertEquals(0, terminal.run(LOCKED, line), terminal.err());
            answering.join();
            assertEquals(0, server.awaitEnd(60), server::log);
            assertTrue(
                    terminal.out().contains("drains: 1 connections, over 3 s\n")
                            || terminal.out().contains("drains: 1 connections, over 2 s\n"),
                    terminal.out());
            assertTrue(terminal.out().endsWith("The server has ended.\n"), terminal.out());
        }
    }

    @Test
    void aServerThatStandsStillHasNotEnded() throws Exception {
        try (ServerProcess server =
                new ServerProcess("export HEDDLE_INTERNAL_API_KEY=" + KEY + ";")) {
            try (RawClient client = RawClient.open(server.port(), "/ws")) {
                String line = "drain --over 1h --internal-port " + server.internalPort();
                Thread command = Thread.ofVirtual().start(() -> terminal.run(LOCKED, line));
                Soon.until(() -> terminal.out().contains("1 connections left"));
                server.signal("STOP");
                Soon.until(() -> terminal.out().contains("the server does not answer"));
                assertTrue(command.isAlive(), terminal.out());
                server.signal("CONT");
                server.signal("TERM");
                client.expectClose(1001);
                command.join();
            }
            assertTrue(terminal.out().endsWith("The server has ended.\n"), terminal.out());
        }
    }

    /// A server without clients ends at once.
    @Test
    void theAnswerComesBeforeTheEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (ServerProcess server = new ServerProcess("")) {
                HttpAnswer answer =
                        new ApiClient(server.internalPort())
                                .ask("POST", "/api/v1/server/drain?over=0s");
                assertEquals(200, answer.status());
                assertTrue(answer.body().contains("\"connections\":0"), answer.body());
                assertEquals(0, server.awaitEnd(60), server::log);
            }
        }
    }

    @Test
    void whoHasNotTheKeyDrainsNobody() throws Exception {
        try (Heddle server = Heddle.start(TestServer.configured(LOCKED));
                RawClient client = RawClient.open(server.port(), "/ws")) {
            assertEquals(1, terminal.run("drain --internal-port " + server.internalPort()));
            assertTrue(terminal.err().contains(" refuses (401): "), terminal.err());
            client.send(RawFrame.text("here"));
            assertEquals("here", client.readFrame().text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "25h", "soon", "-1s"})
    void whatIsNoTimeIsALineAndExitCode2(String time) {
        assertEquals(2, terminal.run("drain --over " + time));
        assertTrue(
                terminal.err().contains("a duration such as 60s, from 0s to 24h"), terminal.err());
    }

    @Test
    void saysInALineThatNoServerAnswers() throws Exception {
        int port;
        try (Heddle gone = Heddle.start(TestServer.settings())) {
            port = gone.internalPort();
        }
        assertEquals(1, terminal.run("drain --internal-port " + port));
        assertEquals(
                "heddle: no server answers at http://127.0.0.1:" + port + "; is it running?\n",
                terminal.err());
    }
}
