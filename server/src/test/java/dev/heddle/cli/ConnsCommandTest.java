package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ConnsCommandTest {
    private final Terminal terminal = new Terminal();
    private final List<RawClient> clients = new ArrayList<>();
    private Heddle server;

    @BeforeEach
    void open() throws IOException {
        server = Heddle.start(TestServer.settings());
        for (int i = 0; i < 3; i++) {
            clients.add(RawClient.open(server.port(), "/echo"));
        }
        clients.get(1).send(RawFrame.text("hello"));
        clients.get(1).readFrame();
        Soon.until(() -> server.connections() == 3);
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private int run(String line) {
        return terminal.run(line + " --internal-port " + server.internalPort());
    }

    private List<String> lines() {
        return terminal.out().lines().toList();
    }

    @Test
    void saysWhereConnectionsAre() {
        Soon.untilAsserted(
                () -> {
                    assertEquals(0, run("where"), terminal.err());
                    assertEquals("         3  waiting for a frame", lines().getFirst());
                    assertTrue(
                            lines().getLast()
                                    .matches(
                                            " {9}3  connections; 0 stacks looked at,"
                                                    + " in [0-9.]+ ms"),
                            lines()::toString);
                });
    }

    @Test
    void listsConnectionsAsATable() {
        Soon.untilAsserted(
                () -> {
                    assertEquals(0, run("conns --sort bytes --limit 2"), terminal.err());
                    List<String> lines = lines();
                    assertEquals(4, lines.size(), lines::toString);
                    assertTrue(lines.get(0).stripLeading().startsWith("id  age  messages in  out"));
                    assertTrue(
                            lines.get(1)
                                    .strip()
                                    .matches(
                                            "[0-9]+ +[0-9]+s +1 +1 +[0-9.]+ +0 +[0-9]+ +/echo"
                                                + " +127\\.0\\.0\\.1:[0-9]+ +waiting for a frame"),
                            lines.get(1));
                    assertEquals(
                            lines.get(1).indexOf("/echo"),
                            lines.get(0).indexOf("path"),
                            lines::toString);
                    assertEquals("2 of 3 connections", lines.get(3));
                });
    }

    @Test
    void showsOneWithItsStack() {
        assertEquals(0, run("conns --limit 1"), terminal.err());
        String id = lines().get(1).strip().replaceFirst(" .*", "");
        Soon.untilAsserted(
                () -> {
                    assertEquals(0, run("conns --connection " + id), terminal.err());
                    assertEquals("              id  " + id, lines().getFirst());
                    assertTrue(
                            lines().stream()
                                    .anyMatch(
                                            line ->
                                                    line.startsWith("              at  ")
                                                            && line.contains("MessageLoop.run")),
                            lines()::toString);
                });
    }

    /// With the settings of the server, whose own key is its caller's certificate too.
    @Test
    void asksOverTls() throws IOException {
        TestCertificate certificate = TestCertificate.ofItsOwn();
        Map<String, String> settings = new HashMap<>(certificate.variables("HEDDLE_INTERNAL_TLS_"));
        settings.put("HEDDLE_INTERNAL_TLS_CLIENT_CA", certificate.certificate().toString());
        try (Heddle secure = Heddle.start(TestServer.configured(settings))) {
            String line = "conns --internal-port " + secure.internalPort();
            assertEquals(0, terminal.run(settings, line), terminal.err());
            assertEquals("0 of 0 connections", lines().getLast());
            assertEquals(1, terminal.run(line));
            assertEquals(1, terminal.err().lines().count(), terminal.err());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "conns --connection 999999, 1, refuses (410)",
        "conns --sort size, 1, 'sort is one of outbox, peak, age, rate, bytes'",
        "conns --limit 0, 2, --limit takes a number from 1 to 1000",
        "where --limit 1, 2, --limit is an option of heddle conns",
        "tail --sort age, 2, --sort is an option of heddle conns",
        "where now, 2, unexpected argument now",
    })
    void saysInALineWhatIsWrong(String line, int code, String why) {
        assertEquals(code, run(line));
        assertTrue(terminal.err().contains(why), terminal.err());
        assertEquals(1, terminal.err().lines().count(), terminal.err());
        assertEquals(List.of(), lines());
    }
}
