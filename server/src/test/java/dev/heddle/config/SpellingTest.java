package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SpellingTest {
    private static final String MANUAL = "read the manual";

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "Port, port",
        "DIAGNOSTICS, diagnostics",
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
        assertEquals("did you mean " + meant + "?", Spelling.hint(wrong, known, MANUAL));
    }

    /// Each row: what somebody wrote, and what the known names begin with.
    @ParameterizedTest
    @CsvSource({
        "colour, ''",
        "zzzzzzzz, ''",
        "limits.limits, ''",
        "<<, ''",
        "a, ''",
        "limt, --",
        "p, --",
        "FOO, HEDDLE_",
    })
    void doesNotPretendToKnow(String wrong, String prefix) {
        List<String> known =
                SettingsTable.all().stream().map(setting -> prefix + setting.name()).toList();
        assertEquals(MANUAL, Spelling.hint(prefix + wrong, known, MANUAL));
    }
}
