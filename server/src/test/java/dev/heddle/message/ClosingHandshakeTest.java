package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingHandshakeTest {

    @ParameterizedTest
    @CsvSource({
        "OPEN, CLOSE_SENT, CLOSED_BY_PEER, true",
        "CLOSE_SENT, CLOSE_SENT, CLOSED_BY_US, false",
        "CLOSED_BY_US, CLOSED_BY_US, CLOSED_BY_US, false",
        "CLOSED_BY_PEER, CLOSED_BY_PEER, CLOSED_BY_PEER, false",
    })
    void eachStateSaysWhatFollows(
            ClosingHandshake state,
            ClosingHandshake afterSending,
            ClosingHandshake afterReceiving,
            boolean owesAnswer) {
        assertEquals(afterSending, state.afterSending());
        assertEquals(afterReceiving, state.afterReceiving());
        assertEquals(owesAnswer, state.owesAnswer());
    }
}
