package dev.heddle.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserIdsTest {
    @ParameterizedTest
    @CsvSource({
        "a, true",
        "'', false",
        "1234567890123456789, true",
        "12345678901234567890, false",
        "织织织织织织1, true",
        "织织织织织织12, false",
        "😀😀😀😀123, true",
        "😀😀😀😀1234, false",
        "👩‍👩‍👧, true",
        "' ', true",
        "<b>&, true",
        "., false",
        ".., false",
        "..., true",
        ".a, true",
        "a.., true",
        "../a, true",
        "/, true",
        "%2e%2e, true",
        ";, true",
    })
    void hasOneToNineteenBytesAndIsNoDotSegment(String text, boolean isValid) {
        assertEquals(isValid, UserIds.isValid(text));
    }

    @ParameterizedTest
    @CsvSource({"0000", "000a", "001b", "007f", "0085", "009f", "2028", "2029", "d800", "dfff"})
    void hasNothingThatIsNoCharacterOrEndsALine(String hex) {
        char hostile = (char) Integer.parseInt(hex, 16);
        assertEquals(false, UserIds.isValid("a" + hostile + "b"));
        assertEquals(true, UserIds.isValid("a" + (char) 0xFFFD + "b"));
    }
}
