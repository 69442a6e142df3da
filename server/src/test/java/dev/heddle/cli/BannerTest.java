package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.Heddle;
import dev.heddle.config.NetSettings;
import dev.heddle.config.Settings;
import dev.heddle.config.SocketKind;
import dev.heddle.net.transport.Sockets;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class BannerTest {

    @Test
    void saysWhatIsServedAndWhereToPointABrowser() {
        assertEquals(
                List.of(
                        "Heddle " + Heddle.version() + " is serving on 0.0.0.0:9000",
                        "  chat page    http://127.0.0.1:9000/",
                        "  WebSocket    ws://127.0.0.1:9000/ws",
                        "  dashboard    http://127.0.0.1:9001/",
                        "  HTTP API     http://127.0.0.1:9001/api/v1/openapi.json",
                        "  operations   http://127.0.0.1:9001/livez /readyz /metrics",
                        "  sockets      jdk: as net.transport says",
                        "Ctrl-C drains and stops."),
                lines(listening("0.0.0.0", false)));
    }

    @Test
    void namesNoEndpointThatIsOff() {
        Settings settings = TestServer.configured(Map.of("HEDDLE_WS_ENABLED", "false"));
        assertFalse(lines(settings).stream().anyMatch(line -> line.contains("ws://")));
    }

    @Test
    void namesDiagnosticsWhereTheyAreOn() {
        assertEquals(
                "  diagnostics  http://127.0.0.1:9000/benchmark ws://127.0.0.1:9000/echo",
                lines(listening("0.0.0.0", true)).get(3));
    }

    @Test
    void namesEveryPathOfAnEndpoint() {
        Settings settings =
                TestServer.configured(
                        Map.of(
                                "HEDDLE_HOST", "0.0.0.0",
                                "HEDDLE_WS_PATHS", "/,/ws",
                                "HEDDLE_ECHO_PATHS", "/v1/echo",
                                "HEDDLE_DIAGNOSTICS", "true"));
        assertEquals(
                List.of(
                        "  WebSocket    ws://127.0.0.1:9000/ ws://127.0.0.1:9000/ws",
                        "  diagnostics  http://127.0.0.1:9000/benchmark"
                                + " ws://127.0.0.1:9000/v1/echo"),
                lines(settings).subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "::, http://127.0.0.1:9000/",
        "::1, http://[::1]:9000/",
        "chat.example, http://chat.example:9000/",
    })
    void writesAnAddressThatABrowserCanOpen(String host, String url) {
        assertEquals("  chat page    " + url, lines(listening(host, false)).get(1));
    }

    private static List<String> lines(Settings settings) {
        NetSettings net = new NetSettings(SocketKind.JDK, true);
        return Banner.lines(settings, Sockets.choose(net), 9000, 9001);
    }

    private static Settings listening(String host, boolean diagnostics) {
        return TestServer.configured(
                Map.of("HEDDLE_HOST", host, "HEDDLE_DIAGNOSTICS", Boolean.toString(diagnostics)));
    }
}
