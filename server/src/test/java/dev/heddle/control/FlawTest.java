package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.broker.Message;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class FlawTest {
    @Test
    void anyTextOfUnicodeIsATextUpToItsBound() {
        assertEquals(Optional.empty(), Flaw.ofText("", 0));
        assertEquals(Optional.empty(), Flaw.ofText("\u0000\u2028é", 6));
        assertEquals(Optional.empty(), Flaw.ofText("😀", 4));
        assertEquals("text has at most 3 bytes of UTF-8", in("text", Flaw.ofText("😀", 3)));
    }

    @Test
    void halfOfASurrogatePairIsNoText() {
        assertEquals(
                "message has half of a surrogate pair", in("message", Flaw.ofText("\ud83d", 9)));
    }

    @Test
    void idsAndSendersHaveOneBound() {
        String longest = "é".repeat(Message.MAX_ID_BYTES / 2);
        assertEquals(Optional.empty(), Flaw.ofId(longest));
        assertEquals(Optional.empty(), Flaw.ofSender(longest));
        assertEquals(Optional.of(Flaw.Part.ID), Flaw.ofId(longest + "x").map(Flaw::part));
        assertEquals(Optional.of(Flaw.Part.SENDER), Flaw.ofSender(longest + "x").map(Flaw::part));
    }

    private static String in(String name, Optional<Flaw> flaw) {
        return flaw.orElseThrow().in(name);
    }
}
