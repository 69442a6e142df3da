package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class MultipartTest {
    private static final String TYPE = "multipart/form-data; boundary=xYz";

    private static String part(String disposition, String text) {
        return "--xYz\r\nContent-Disposition: " + disposition + "\r\n\r\n" + text + "\r\n";
    }

    private static Map<String, String> parse(String body, String type) throws Refusal {
        return Multipart.parse(new String(body.getBytes(UTF_8), ISO_8859_1), type).values();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPE,
                "Multipart/Form-Data;charset=utf-8;BOUNDARY=\"xYz\"",
                "multipart/form-data; boundary=xYz; charset=utf-8"
            })
    void readsTheTextsOfAForm(String type) throws Refusal {
        String body =
                "preamble\r\n"
                        + part("form-data; name=\"appID\"", "101")
                        + part("form-data; name=message", "a\r\n--xY\r\n\r\n织=&%41")
                        + part("form-data; name=\"say \\\"hi\\\" 织\"", "")
                        + part("form-data; name=\"appID\"", "second")
                        + part("form-data; name=\"file\"; filename=\"name=x\"", "passed over")
                        + part("attachment; name=\"no\"", "no part of a form")
                        + "--xYz--\r\nepilogue";
        assertEquals(
                Map.of("appID", "101", "message", "a\r\n--xY\r\n\r\n织=&%41", "say \"hi\" 织", ""),
                parse(body, type));
    }

    @Test
    void aFormMayHaveNoParts() throws Refusal {
        assertEquals(Map.of(), parse("--xYz--", TYPE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--other--",
                "--xYz\r\nContent-Disposition: form-data; name=a\r\n\r\nno end",
                "--xYz\r\n\r\n--xYz",
            })
    void whatIsNoFormIsRefused(String body) {
        assertThrows(Refusal.class, () -> parse(body, TYPE));
        assertThrows(Refusal.class, () -> parse("--xYz--", "multipart/form-data"));
    }

    @Test
    void aTextThatIsNotUtf8IsRefused() {
        String body = part("form-data; name=a", "\u00ff") + "--xYz--";
        assertThrows(Refusal.class, () -> Multipart.parse(body, TYPE));
    }

    @Test
    void aFormHasAThousandPartsAtMost() throws Refusal {
        String many = part("form-data; name=a", "1").repeat(1_000);
        assertEquals(Map.of("a", "1"), parse(many + "--xYz--", TYPE));
        String more = many + part("form-data; name=a", "1");
        assertThrows(Refusal.class, () -> parse(more + "--xYz--", TYPE));
    }

    @Test
    void timeIsInProportionToTheLength() throws Refusal {
        String hostile = "Content-Disposition: form-data" + "; a=\"\\\"".repeat(1_000_000);
        assertEquals(Map.of(), parse("--xYz\r\n" + hostile + "\r\n\r\n\r\n--xYz--", TYPE));
    }
}
