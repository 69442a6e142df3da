package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Bounds on connections: at the bound all are served, one over is told to come back later.
class LimitsIT {
    private static final int BOUND = 3;

    @ParameterizedTest
    @CsvSource({"limits.connections,503", "limits.connections-per-address,429"})
    void oneOverTheBoundIsToldToComeBack(String key, int status) throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set " + key + "=" + BOUND)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < BOUND; i++) {
                clients.add(RawClient.open(server.port(), "/ws"));
            }
            try (RawClient over = RawClient.connect(server.port())) {
                HttpAnswer answer = over.readAnswer("GET");
                assertEquals(status, answer.status());
                assertTrue(Integer.parseInt(answer.header("Retry-After")) <= 30);
                over.expectEnd();
            }
            clients.removeFirst().close();
            await().ignoreExceptionsInstanceOf(AssertionError.class)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> clients.add(RawClient.open(server.port(), "/ws")));
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
