package dev.heddle.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

class JsonTest {
    private static final Map<String, Object> VALUE =
            new TreeMap<>(
                    Map.of("text", "é😀\u2028</a>&\"\\\n\u0001", "not", Double.NaN, "yes", true));

    private record Thing(@Nullable String name, @Nullable Integer number) {}

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void isWrittenWithTheEscapesThatJsonDemands() {
        assertEquals(
                "{\"not\":\"NaN\",\"text\":\"é\\uD83D\\uDE00\u2028</a>&\\\"\\\\\\n"
                        + "\\u0001\",\"yes\":true}",
                text(Json.write(VALUE)));
    }

    @Test
    void isWrittenAsGoWritesIt() {
        assertEquals(
                "{\"not\":\"NaN\",\"text\":\"é😀\\u2028\\u003c/a\\u003e\\u0026\\\"\\\\\\n\\u0001\","
                        + "\"yes\":true}",
                text(Json.writeAsGo(VALUE)));
    }

    @Test
    void ofANameThatComesTwiceTheLastCounts() throws JsonProcessingException {
        assertEquals(2, Json.read("{\"a\":1,\"a\":2}").get("a").asInt());
    }

    @Test
    void aRecordIsReadStrictly() throws JsonProcessingException {
        assertEquals(new Thing("a", 1), Json.read("{\"name\":\"a\",\"number\":1}", Thing.class));
        assertEquals(new Thing(null, null), Json.read("{}", Thing.class));
        assertNull(Json.read("null", Thing.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{\"other\":1}",
                "{\"name\":\"a\",\"name\":\"a\"}",
                "{\"name\":1}",
                "{\"name\":true}",
                "{\"number\":\"1\"}",
                "{\"number\":1.0}"
            })
    void whatIsNoSuchRecordIsRefused(String text) {
        assertThrows(JsonProcessingException.class, () -> Json.read(text, Thing.class));
    }
}
