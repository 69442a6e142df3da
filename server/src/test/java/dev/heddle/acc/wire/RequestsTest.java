package dev.heddle.acc.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.config.Language;
import dev.heddle.support.Property;

import org.junit.jupiter.api.Test;

import java.util.Optional;

/// What the golden conversations do not show of requests and replies.
class RequestsTest {
    private static Optional<Request> decode(byte[] bytes) {
        return Requests.decode(bytes, 0, bytes.length);
    }

    @Test
    void aTokenIsNoPartOfWhatARequestLooksLike() {
        byte[] login =
                "{\"cmd\":\"login\",\"data\":{\"serviceToken\":\"secret\",\"appID\":1,\"userID\":\"a\"}}"
                        .getBytes(UTF_8);
        Request request = decode(login).orElseThrow();
        assertEquals(new Command.Login("secret", 1, "a", 0), request.command());
        assertFalse(request.toString().contains("secret"), request::toString);
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() {
        byte[] bytes = "{\"seq\":\"\u00ff\",\"cmd\":\"ping\"}".getBytes(ISO_8859_1);
        assertEquals("\ufffd", decode(bytes).orElseThrow().seq());
    }

    @Test
    void onlyTheGivenPartOfTheBytesIsRead() {
        byte[] bytes = "xx{\"cmd\":\"ping\"}xx".getBytes(UTF_8);
        assertEquals("ping", Requests.decode(bytes, 2, bytes.length - 4).orElseThrow().cmd());
    }

    @Test
    void whateverComesIsARequestOrNone() {
        String[] pieces = {
            "{", "}", "[", "]", ":", ",", "\"", "\"cmd\"", "\"login\"", "\"data\"", "\"appID\"",
            "1e999", "-0", "1E5", "null", "true", "\\u", "\\ud800", "\u2028", " ", "\"seq\"", "\"\""
        };
        Property.holds(
                20_000,
                random -> {
                    StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
                    int count = random.nextInt(12);
                    for (int i = 0; i < count; i++) {
                        text.append(pieces[random.nextInt(pieces.length)]);
                    }
                    decode(text.toString().getBytes(UTF_8))
                            .ifPresent(request -> Envelope.reply(request, Reply.ok(), Language.EN));
                });
    }

    @Test
    void aReplyThatCannotBeWrittenIsABug() {
        Request request = new Request("1", "x", new Command.Ping());
        Object unwritable = new Object();
        assertThrows(
                IllegalStateException.class,
                () -> Envelope.reply(request, Reply.ok(unwritable), Language.EN));
    }

    @Test
    void everyCodeHasATextInBothLanguages() {
        assertEquals(12, Code.values().length);
        for (Code code : Code.values()) {
            assertFalse(code.text(Language.EN).isBlank());
            assertFalse(code.text(Language.ZH).isBlank());
        }
    }
}
