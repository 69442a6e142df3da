package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "'a\nb', a\\u000ab",
        "'\u001b[2J', \\u001b[2J",
        "'\u202e', \\u202e",
        "'\u2028', \\u2028",
        "b\u00fccher \ud83d\ude00, b\u00fccher \ud83d\ude00",
    })
    void escapesWhatATerminalMightActOn(String text, String printable) {
        assertEquals(printable, Printable.of(text));
    }

    @Test
    void cutsWhatIsTooLong() {
        assertEquals("x".repeat(200) + "...", Printable.of("x".repeat(201)));
        assertEquals("x".repeat(200), Printable.of("x".repeat(200)));
    }
}
