package dev.heddle.acc.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.json.RawJson;
import dev.heddle.support.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class RawJsonTest {
    private static Command decode(String request) {
        byte[] bytes = request.getBytes(UTF_8);
        return Requests.decode(bytes, 0, bytes.length).orElseThrow().command();
    }

    private static String published(String data, String around) {
        String request =
                "{\"seq\":\"1\",\"cmd\":\"publish\",\"data\":{\"channel\":\"c\",\"data\":"
                        + around
                        + data
                        + around
                        + ",\"id\":\"i\"}}";
        return assertInstanceOf(Command.Publish.class, decode(request)).data().text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0.0",
                "1.10",
                "12345678901234567890123.4500",
                "1E400",
                "\"\"",
                "\"text\"",
                "\"\\u00e9\\ud83d\\\"]}\\\\\"",
                "\"é😀\u2028</script>\"",
                "[]",
                "{}",
                "[1, 2 ,[ ], {\"a\" : \"b,}\"}]",
                "{\"b\":1,\"a\":2,\"a\":3, \"data\":{\"data\":1}}",
                "{\"lone\":\"\\ud800\"}"
            })
    void isPassedOnAsItWasWritten(String data) {
        assertEquals(data, published(data, ""));
        assertEquals(data, published(data, " \n\t"));
    }

    @Test
    void isPassedOnHoweverLongItIs() {
        Property.holds(
                50,
                random -> {
                    String data =
                            "[" + "\"é\",".repeat(random.nextInt(20_000)) + number(random) + "]";
                    assertEquals(data, published(data, " ".repeat(random.nextInt(20))));
                });
    }

    private static String number(Random random) {
        return random.nextInt() + "." + random.nextInt(1000);
    }

    @Test
    void theLastOneCountsAndNamesAreTakenWithoutCase() {
        String request =
                "{\"cmd\":\"publish\",\"DATA\":{\"channel\":\"c\",\"data\":1,\"Data\": [2] }}";
        assertEquals("[2]", ((Command.Publish) decode(request)).data().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"channel\":\"c\"}", "[]", "\"text\"", "{}"})
    void withoutDataNothingIsPublished(String data) {
        assertInstanceOf(
                Command.Undecodable.class, decode("{\"cmd\":\"publish\",\"data\":" + data + "}"));
    }

    @Test
    void aTextAndItsJsonAreTheSame() {
        for (String text : new String[] {"", "hi", "\"<&>\\\n\u2028é😀"}) {
            assertEquals(text, RawJson.ofText(text).asText());
        }
        assertEquals("\uFFFD", RawJson.ofText("\ud800").asText());
        assertEquals("{\"a\":1}", new RawJson("{\"a\":1}").asText());
    }
}
