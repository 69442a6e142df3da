package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarrierShareTest {
    @ParameterizedTest
    @CsvSource({
        "0, 4000, false",
        "0, 4001, true",
        "0, 2147483647, true",
        "0, -2147483648, true",
        "0, -1, true",
        "-2000, 2000, false",
        "-2000, 2001, true",
        "2147483647, -2147483647, false",
        "2147483647, -2147479000, true",
    })
    void aTurnEndsAfterFourMillisecondsWhateverTheClockSays(int began, int now, boolean over) {
        assertEquals(over, CarrierShare.isOver(began, now));
    }
}
