package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.json.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class TopFrameTest {
    private static final String ROW =
            """
            {"rate":2.5,"connection":{"id":%d,"outboxBytes":4096,"peakOutboxBytes":8192,\
            "ageMillis":65000,"user":%s,"peer":"10.0.0.9:4711","path":"/acc","state":"sending"}}\
            """;

    private final LiveSamples samples = new LiveSamples();
    private JsonNode places;
    private JsonNode connections;

    @BeforeEach
    void say() throws Exception {
        samples.add(
                1000,
                Json.read(
                        "{\"process_start_time_seconds\":1,\"heddle_connections\":12345,"
                                + "\"heddle_users\":3,\"heddle_hub_queue\":5000,"
                                + "\"heddle_channel_queue\":0}"));
        places =
                Json.read(
                        "{\"places\":[{\"connections\":12340,\"state\":\"waiting for a"
                                + " frame\",\"frame\":\"\"}]}");
        connections =
                Json.read(
                        "{\"rows\":["
                                + ROW.formatted(17, "\"ann\\u001b[2J\"")
                                + ","
                                + ROW.formatted(18, "null")
                                + "]}");
    }

    private List<String> lines(int columns, int rows) {
        return new TopFrame("Heddle, live", samples, places, connections)
                .lines(new Screen.Size(columns, rows), Screen.Style.PLAIN);
    }

    @Test
    void showsNumbersPlacesAndTheFullestOutboxes() {
        String text = String.join("\n", lines(100, 40));
        assertTrue(text.startsWith("Heddle, live\n"), text);
        assertTrue(text.contains("  Connections       12,345 3 users "), text);
        assertTrue(text.contains("    12,340  waiting for a frame\n"), text);
        assertTrue(text.contains("  17     4,096   8,192    2.5  1 min 05 s"), text);
        assertTrue(text.contains("  10.0.0.9:4711 "), "one without a user is its address: " + text);
    }

    @Test
    void whatAClientHasSentDoesNotMoveTheCursor() {
        String text = String.join("\n", lines(100, 40));
        assertTrue(text.contains("ann\\u001b[2J"), text);
        assertEquals(-1, text.indexOf('\u001b'));
    }

    @Test
    void aNumberThatIsHighIsMarkedAndColoured() {
        assertTrue(lines(100, 40).get(2).contains("! Hub queue          5,000 channels 0"));
        String coloured =
                new TopFrame("", samples, places, connections)
                        .lines(new Screen.Size(100, 40), Screen.Style.ANSI)
                        .get(2);
        assertTrue(coloured.contains("\u001b[31m! Hub queue"), coloured);
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "79, 24", "40, 10", "20, 5", "1, 1", "300, 100"})
    void nothingIsWiderOrHigherThanTheTerminal(int columns, int rows) {
        List<String> lines = lines(columns, rows);
        assertTrue(lines.size() <= rows, lines::toString);
        lines.forEach(line -> assertTrue(line.length() <= columns, line));
    }

    @Test
    void aNarrowTerminalHasOneNumberInALine() {
        List<String> lines = lines(60, 40);
        assertTrue(lines.get(2).startsWith("  Connections"));
        assertTrue(lines.get(3).startsWith("! Hub queue"));
    }
}
