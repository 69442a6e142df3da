package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables themselves: nothing in them is lost, and nothing in them is misunderstood in silence.
class TablesIT {
    /// How many cases the Autobahn testsuite has in each group.
    private static final Map<String, Integer> AUTOBAHN =
            Map.ofEntries(
                    Map.entry("1", 16),
                    Map.entry("2", 11),
                    Map.entry("3", 7),
                    Map.entry("4", 10),
                    Map.entry("5", 20),
                    Map.entry("6", 145),
                    Map.entry("7", 37),
                    Map.entry("9", 54),
                    Map.entry("10", 1),
                    Map.entry("12", 90),
                    Map.entry("13", 126));

    private static List<CaseLine> all() {
        return Stream.of("frames.txt", "sizes.txt", "handshake.txt", "deflate.txt")
                .flatMap(file -> CaseLine.read(file).stream())
                .toList();
    }

    @Test
    void holdEachCaseOfAutobahn() {
        Map<String, Integer> counts = new TreeMap<>();
        all().forEach(line -> counts.merge(line.group(), 1, Integer::sum));
        counts.keySet().removeAll(List.of("b1", "b2"));
        assertEquals(new TreeMap<>(AUTOBAHN), counts);
    }

    @Test
    void holdEachRowOfOurOwn() {
        assertEquals(rows(27), present("b2"));
        assertEquals(rows(32), present("b1"));
    }

    private static List<Integer> rows(int count) {
        return Stream.iterate(1, row -> row + 1).limit(count).toList();
    }

    private static List<Integer> present(String group) {
        return all().stream()
                .filter(line -> line.group().equals(group))
                .map(line -> Integer.valueOf(line.number().split("\\.", -1)[1]))
                .distinct()
                .sorted()
                .toList();
    }

    /// Siblings are numbered from one without a gap, so a case that is taken out is noticed.
    @Test
    void numberSiblingsWithoutGaps() {
        Map<String, List<Integer>> siblings = new TreeMap<>();
        for (CaseLine line : all()) {
            int point = line.number().lastIndexOf('.');
            siblings.computeIfAbsent(line.number().substring(0, point), _ -> new ArrayList<>())
                    .add(Integer.valueOf(line.number().substring(point + 1)));
        }
        siblings.keySet().removeAll(List.of("b1", "b2"));
        siblings.forEach(
                (parent, numbers) -> assertEquals(rows(numbers.size()), numbers, parent + ".*"));
    }

    @Test
    void areUnderstood() {
        CaseLine.read("frames.txt").forEach(FrameCase::parse);
        CaseLine.read("sizes.txt").forEach(FrameCase::parse);
        List<String> headers =
                List.of(
                        "Host: a:1",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: key",
                        "Sec-WebSocket-Version: 13");
        for (CaseLine line : CaseLine.read("handshake.txt")) {
            assertTrue(HandshakeCase.parse(line).request("a:1", headers).bytes().length > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1 | no columns",
                "1.1.1 | one column | T",
                "1.1.1 | | T | E N",
                "one | no number | T | E N",
                "1.1.1 | a column too many | T | E N | T",
                "1.1.1 | unknown frame | X | E N",
                "1.1.1 | known opcode as a reserved one | OP9 | E N",
                "1.1.1 | opcode of five bits | OP16 | E N",
                "1.1.1 | half a byte | T=abc | E N",
                "1.1.1 | capital hex | T=AB | E N",
                "1.1.1 | joined with nothing | T=ab+ | E N",
                "1.1.1 | open quote | T='ab | E N",
                "1.1.1 | unknown way | T[fin=0] | E N",
                "1.1.1 | unknown length form | T[len=32] | E N",
                "1.1.1 | code of a text | T(1000) | E N",
                "1.1.1 | no number | T[split=x]='ab' | E N",
                "1.1.1 | generated too long | T=text(4G) | E N",
                "1.1.1 | unknown mode | slowly T | E N",
                "1.1.1 | unknown expectation | T | E G",
                "1.1.1 | code of three digits | T | F100",
                "1.1.1 | nothing at the end | T | E",
                "1.1.1 | something after the end | T | N E",
                "1.1.1 | something after the end | T | N | T | E N",
            })
    void failOnFrames(String line) {
        assertThrows(
                TableException.class,
                () -> CaseLine.parse("table", line).forEach(FrameCase::parse));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1.1 | unknown change | reverse /echo | 101",
                "b1.1 | nothing to remove | - Cookie | 101",
                "b1.1 | unknown escape | X-A: \\q | 101",
                "b1.1 | escape cut off | X-A: \\xa | 101",
                "b1.1 | no status | target /echo | OK",
                "b1.1 | status cut off | target /echo | 400 or",
                "b1.1 | frames without expectation | target /echo | 101 | T",
            })
    void failOnHandshakes(String line) {
        assertThrows(
                TableException.class,
                () -> {
                    for (CaseLine each : CaseLine.parse("table", line)) {
                        HandshakeCase.parse(each).request("a:1", List.of("Host: a:1"));
                    }
                });
    }

    @Test
    void failOnANumberThatIsTaken() {
        String twice = "1.1.1 | first | T | E N\n# comment\n\n1.1.1 | second | T | E N";
        TableException failure =
                assertThrows(TableException.class, () -> CaseLine.parse("table", twice));
        assertEquals("table:4: 1.1.1 is taken", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "125, 125",
        "64K, 65536",
        "16M+1, 16777217",
        "1G, 1073741824",
        "2^32, 4294967296",
        "2^63-1, 9223372036854775807",
        "2^63, -9223372036854775808",
        "2^64-2, -2"
    })
    void readNumbers(String notation, long value) {
        assertEquals(value, Payload.number(notation));
    }

    @Test
    void readPayloads() {
        assertArrayEquals(
                "\u00e9bcc-x".getBytes(StandardCharsets.UTF_8),
                Payload.parse("'\u00e9b'+2*63+'-'+78"));
        for (int size : List.of(0, 1, 2, 3, 1000)) {
            byte[] text = Payload.parse("text(" + size + ")");
            assertEquals(size, text.length);
            assertArrayEquals(
                    text,
                    new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readFragmentsAndMessages() {
        Sending sending =
                Sending.parse("T[split=2]='Hello' 2*PI='{i}' chop=3 B=ff", new Messages());
        assertEquals("[T=48656c6c6f, B=ff]", sending.messages().toString());
        assertEquals("[PI=31, PI=32]", sending.pings().toString());
        int fragments = 3 * 6 + 5;
        int pings = 2 * 7;
        assertEquals(
                fragments + pings + "/" + Integer.MAX_VALUE + " 7/3",
                sending.steps().stream()
                        .map(SendStep.Write.class::cast)
                        .map(write -> write.bytes().length + "/" + write.chop())
                        .collect(Collectors.joining(" ")));
    }
}
