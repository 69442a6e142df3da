package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
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
                        "Ctrl-C drains and stops."),
                Banner.lines(listening("0.0.0.0", false), 9000, 9001));
    }

    @Test
    void namesNoEndpointThatIsOff() {
        Settings settings = TestServer.configured(Map.of("HEDDLE_WS_ENABLED", "false"));
        assertFalse(
                Banner.lines(settings, 9000, 9001).stream()
                        .anyMatch(line -> line.contains("ws://")));
    }

    @Test
    void namesDiagnosticsWhereTheyAreOn() {
        assertEquals(
                "  diagnostics  http://127.0.0.1:9000/benchmark ws://127.0.0.1:9000/echo",
                Banner.lines(listening("0.0.0.0", true), 9000, 9001).get(3));
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
                Banner.lines(settings, 9000, 9001).subList(2, 4));
    }

    @ParameterizedTest
    @CsvSource({
        "::, http://127.0.0.1:9000/",
        "::1, http://[::1]:9000/",
        "chat.example, http://chat.example:9000/",
    })
    void writesAnAddressThatABrowserCanOpen(String host, String url) {
        assertEquals(
                "  chat page    " + url, Banner.lines(listening(host, false), 9000, 9001).get(1));
    }

    private static Settings listening(String host, boolean diagnostics) {
        return TestServer.configured(
                Map.of("HEDDLE_HOST", host, "HEDDLE_DIAGNOSTICS", Boolean.toString(diagnostics)));
    }
}
