package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void whatWasNotTakenMayBeTriedAgainSoon() {
        assertEquals("5", retryAfter(new Refusal(ProblemType.NOT_TAKEN, "busy")));
        assertEquals("5", retryAfter(Refusal.draining()));
        assertNull(retryAfter(new Refusal(ProblemType.BAD_REQUEST, "no")));
    }

    private static @Nullable String retryAfter(Refusal refusal) {
        return refusal.answer().headers().get("Retry-After");
    }
}
