package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "Port, port",
        "limits.head-byte, limits.head-bytes",
        "limits.headbytes, limits.head-bytes",
        "head-bytes, limits.head-bytes",
        "limit.backlog, limits.backlog",
        "deadline.pnig-interval, deadlines.ping-interval",
        "allow-origins, allow-origin",
        "internal-port, internal.port",
    })
    void guessesWhatWasMeant(String wrong, String meant) {
        List<String> known = SettingsTable.all().stream().<String>map(Setting::name).toList();
        assertEquals("did you mean " + meant + "?", Spelling.hint(wrong, known));
    }

    @ParameterizedTest
    @CsvSource({"colour, a", "zzzzzzzz, a"})
    void doesNotPretendToKnow(String wrong, String nearest) {
        assertEquals(
                "the nearest known is " + nearest,
                Spelling.hint(wrong, List.of("a", "some-long-name-that-is-far")));
    }
}
