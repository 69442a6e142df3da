package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;

/// When new clients should not come, and what becomes of those who do.
class UnreadyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static HttpResponse<String> awaitUnready(ServerProcess server) {
        return await().atMost(PATIENCE)
                .until(() -> server.getInternal("/readyz"), answer -> answer.statusCode() == 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aServerThatIsToStopServesWhoComesUntilASecondSignalHurriesIt(String signal)
            throws Exception {
        try (ServerProcess server =
                new ServerProcess("", "--set deadlines.unready=1h", "--diagnostics")) {
            server.signal("TERM");
            assertEquals("stopping soon\n", awaitUnready(server).body());
            assertEquals(200, server.getInternal("/livez").statusCode());
            try (RawClient late = RawClient.open(server.port(), "/echo")) {
                late.send(RawFrame.text("served"));
                assertEquals("served", late.readFrame().text());
                server.signal(signal);
                assertEquals(1001, late.readFrame().closeCode());
                late.send(RawFrame.close(1001, ""));
            }
            assertEquals(0, server.awaitEnd(30), server::log);
        }
    }

    @Test
    void theDoorIsShutWhenTheTimeIsOver() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set deadlines.unready=1s")) {
            server.signal("TERM");
            assertEquals(0, server.awaitEnd(30), server::log);
        }
    }

    @Test
    void allConnectionsInUseIsNotReadyAndSaysSo() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set limits.connections=1")) {
            assertEquals(200, server.getInternal("/readyz").statusCode());
            try (RawClient only = RawClient.open(server.port(), "/ws")) {
                assertEquals("limits.connections are in use\n", awaitUnready(server).body());
                assertEquals(200, server.getInternal("/livez").statusCode());
                assertTrue(server.getInternal("/metrics").body().contains("heddle_full 1.0"));
                only.send(RawFrame.close(1000, ""));
                only.expectClose(1000);
            }
            await().atMost(PATIENCE).until(() -> server.getInternal("/readyz").statusCode() == 200);
            assertTrue(server.getInternal("/metrics").body().contains("heddle_full 0.0"));
        }
    }
}
