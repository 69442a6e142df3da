package dev.heddle.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class SourcesTest {
    @Test
    void takesAddressesAndRanges() {
        assertEquals(List.of("127.0.0.1"), Sources.parse("127.0.0.1"));
        assertEquals(
                List.of("127.0.0.8", "127.0.0.9", "10.1.2.3"),
                Sources.parse("127.0.0.8-127.0.0.9, 10.1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0",
                "127.0.0.9-127.0.0.1",
                "127.0.0.1-127.0.1.9",
                "127.0.0.250-127.0.0.256"
            })
    void refusesWhatIsNeither(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sources.parse(text));
    }
}
