package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.LogLines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;
import java.util.List;

class RequestLogTest {
    private static final RequestLog.Request REQUEST =
            new RequestLog.Request(
                    "public", new InetSocketAddress("10.0.0.9", 4711), "GET", "/acc?...", 0);

    @ParameterizedTest
    @CsvSource({"/hub, false, /hub", "/hub, true, /hub?...", "'', true, ?..."})
    void aQueryIsNotShown(String path, boolean hasQuery, String shown) {
        assertEquals(shown, RequestLog.target(path, hasQuery));
    }

    @Test
    void aLongPathIsCut() {
        assertEquals(203, RequestLog.target("/" + "a".repeat(8_000), false).length());
    }

    @Test
    void whatIsOffWritesNothing() {
        try (LogLines log = new LogLines()) {
            RequestLog.OFF.answered(REQUEST, 200);
            assertEquals(List.of(), log.all());
        }
    }
}
