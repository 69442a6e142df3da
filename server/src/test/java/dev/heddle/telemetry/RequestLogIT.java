package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// The lines about HTTP requests in the log of the packaged server.
class RequestLogIT {
    private static final String LOG = " INFO heddle.http - ";

    /// By a page of another origin, about which the server warns.
    private static final String REFUSED =
            """
            GET /ws HTTP/1.1
            Host: x
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            Origin: https://elsewhere.example

            """
                    .replace("\n", "\r\n");

    private static List<String> lines(ServerProcess server) {
        return server.log()
                .lines()
                .filter(line -> line.contains(LOG))
                .map(line -> line.replaceFirst(".*" + LOG, "").replaceFirst(":\\d+ ", " "))
                .map(line -> line.replaceFirst(" \\d+us$", " TIME"))
                .toList();
    }

    @Test
    void eachRequestOfBothPortsIsALine() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set log.requests=true")) {
            server.get("/hub");
            server.get("/nothing-here");
            RawClient.open(server.port(), "/ws").close();
            server.getInternal("/livez");
            server.getInternal("/api/v1/users?limit=0");
            Soon.untilAsserted(
                    () ->
                            assertEquals(
                                    Set.of( // each port has threads of its own
                                            "127.0.0.1 public GET /hub 200 TIME",
                                            "127.0.0.1 public GET /nothing-here 404 TIME",
                                            "127.0.0.1 public GET /ws 101 TIME",
                                            "127.0.0.1 internal GET /livez 200 TIME",
                                            "127.0.0.1 internal GET /api/v1/users?... 200 TIME"),
                                    Set.copyOf(lines(server))));
            assertEquals(5, lines(server).size());
            String first =
                    server.log().lines().filter(line -> line.contains(LOG)).toList().getFirst();
            assertTrue(first.matches("\\d{4}-\\d\\d-\\d\\dT.*/hub 200 \\d+us"), first);
        }
    }

    @Test
    void noTokenGetsIntoIt() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set log.requests=true")) {
            server.get("/acc?token=geheim");
            server.get("/hub?geheim");
            server.getInternal("/livez?api-key=geheim");
            send(
                    server.port(),
                    "GET http://x/hub?geheim HTTP/1.1\r\nHost: x\r\nAuthorization: geheim\r\n\r\n");
            send(server.internalPort(), "GET geheim HTTP/1.1\r\nHost: x\r\n\r\n");
            Soon.until(() -> lines(server).size() == 5);
            assertFalse(server.log().contains("geheim"), server.log());
            assertEquals("127.0.0.1 internal - - 400 TIME", lines(server).getLast());
        }
    }

    @Test
    void thereIsNoLineUnlessSomebodyWantsThem() throws Exception {
        try (ServerProcess server = new ServerProcess("")) {
            server.get("/hub");
            server.getInternal("/livez");
            assertEquals(List.of(), lines(server));
        }
    }

    @Test
    void whatIsLessImportantThanTheLevelIsNotLogged() throws Exception {
        for (String level : List.of("warn", "error")) {
            try (ServerProcess server = new ServerProcess("", "--set log.level=" + level)) {
                assertTrue(send(server.port(), REFUSED).startsWith("HTTP/1.1 403 "));
                assertEquals(level.equals("warn"), server.log().contains(" WARN "), server.log());
            }
        }
    }

    private static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
