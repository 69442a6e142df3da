package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.RawClient;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Who gets in when all connections of the internal port are in use.
class CallersTest {
    private static final int MAX_CONNECTIONS = 4;
    private static final String LARGE = "a".repeat(20 << 20);

    private final Semaphore atWork = new Semaphore(0);
    private final List<RawClient> clients = new ArrayList<>();
    private ApiPort port;

    @BeforeEach
    void start() throws IOException {
        List<Route> routes =
                List.of(
                        Route.open("/livez", _ -> Answer.text(200, "alive")),
                        Route.get("/large", _ -> Answer.text(200, LARGE)),
                        Route.post("/form", call -> Answer.text(200, call.form().toString())),
                        Route.get("/busy", _ -> work()),
                        Route.get("/stream", _ -> work()).watched());
        port = new ApiPort("", List.of(), routes, MAX_CONNECTIONS);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        port.close();
    }

    private Answer work() throws IOException {
        atWork.release();
        try {
            TimeUnit.HOURS.sleep(1);
            return Answer.empty();
        } catch (InterruptedException gone) {
            throw new IOException(gone);
        }
    }

    private RawClient client(String sent) throws IOException {
        RawClient client = RawClient.connect(port.port());
        clients.add(client);
        client.send(sent.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private int livez() throws IOException {
        return port.ask("GET", "/livez", List.of()).status();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /livez HTTP/1.1|Ho",
                "GET /livez HTTP/1.1|Host: localhost||",
                "POST /form HTTP/1.1|Host: localhost|Content-Length: 9||a=",
                "GET /large HTTP/1.1|Host: localhost||",
            })
    void aNewCallerTakesThePlaceOfTheOneThatHasKeptUsWaitingLongest(String sent)
            throws IOException {
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            client(sent);
        }
        Soon.untilAsserted(() -> assertEquals(200, livez()));
        clients.getFirst().readToEnd();
        for (int i = 0; i < 3 * MAX_CONNECTIONS; i++) {
            client(sent);
            Soon.untilAsserted(() -> assertEquals(200, livez()));
        }
        assertEquals(0, port.counters.bugs.sum());
    }

    @Test
    void aHandlerAtWorkKeepsItsPlace() throws Exception {
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            client("GET /busy HTTP/1.1|Host: localhost||");
        }
        atWork.acquire(MAX_CONNECTIONS);
        assertEquals("", client("").readToEnd());
        clients.getFirst().abort();
        assertEquals(0, port.counters.bugs.sum());
    }

    @Test
    void streamsLeavePlacesForOthers() throws Exception {
        String stream = "GET /stream HTTP/1.1|Host: localhost||";
        for (int i = 0; i < MAX_CONNECTIONS / 2; i++) {
            client(stream);
        }
        atWork.acquire(MAX_CONNECTIONS / 2);
        RawClient oneTooMany = client(stream);
        assertEquals(429, oneTooMany.readAnswer("GET").status());
        assertEquals(200, livez());
        clients.getFirst().close();
        Soon.untilAsserted(
                () -> {
                    client(stream);
                    assertEquals(true, atWork.tryAcquire(1, TimeUnit.SECONDS));
                });
    }

    /// After ten seconds, as one that is slow with its first head; the other has thirty.
    @Test
    void whoNeverSpeaksIsEndedSoonerThanWhoHasAsked() throws IOException {
        RawClient silent = client("");
        String request = "GET /livez HTTP/1.1|Host: localhost||";
        RawClient asked = client(request);
        asked.readAnswer("GET");
        assertEquals("", silent.readToEnd());
        asked.send(request.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals(200, asked.readAnswer("GET").status());
    }
}
