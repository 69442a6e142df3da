package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

class ParametersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1                 | a | 1",
                "a=1&b=2             | b | 2",
                "&&a=1&              | a | 1",
                "a=1&a=2             | a | 1",
                "a=b=c               | a | b=c",
                "a                   | a | ''",
                "a=                  | a | ''",
                "=1                  | '' | 1",
                "a=x+y               | a | 'x y'",
                "a=x%20y             | a | 'x y'",
                "a=x%2By             | a | x+y",
                "a=%26%3d%25         | a | &=%",
                "%61=1               | a | 1",
                "a=%E5%93%88         | a | \u54c8",
                "a=%F0%9F%98%80      | a | \ud83d\ude00",
                "a=%E2%80%A8         | a | '\u2028'",
                "a=%00               | a | '\0'",
                "a=%EF%BB%BFx        | a | '\ufeffx'",
            })
    void decodes(String encoded, String name, String value) throws Refusal {
        assertEquals(value, Parameters.parse(encoded).find(name).orElseThrow());
    }

    @Test
    void takesBytesThatNobodyHasPercentEncoded() throws Refusal {
        byte[] utf8 = "a=\u54c8\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        String encoded = new String(utf8, StandardCharsets.ISO_8859_1);
        assertEquals(Map.of("a", "\u54c8\ud83d\ude00"), Parameters.parse(encoded).values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%4g",
                "a=%g4",
                "a=%-1",
                "%=1", // no escapes
                "a=%80",
                "a=%C3",
                "a=%C0%80",
                "a=%FF", // no UTF-8
                "a=%ED%A0%80",
                "a=%ED%A0%BD%ED%B8%80", // surrogates
                "a=%F4%90%80%80",
                "a=\u00e9" // beyond Unicode, Latin-1
            })
    void refuses(String encoded) {
        Answer answer = assertThrows(Refusal.class, () -> Parameters.parse(encoded)).answer();
        assertEquals(400, answer.status());
    }

    @Test
    void aPlusInAPathIsAPlus() throws Refusal {
        assertEquals("a+b c", Parameters.decode("a+b%20c", false));
    }

    @Test
    void theBodyBeatsTheQuery() throws Refusal {
        Parameters form = Parameters.parse("a=1");
        assertEquals(Map.of("a", "1", "b", "2"), form.or(Parameters.parse("a=2&b=2")).values());
    }
}
