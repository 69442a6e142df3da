package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.LogLines;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogFormatTest {
    @Test
    void aLineBeginsWithTheTimeAndTheLevel() {
        try (LogLines log = new LogLines()) {
            LoggerFactory.getLogger("heddle").warn("a line of the test");
            String time =
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ";
            assertTrue(
                    log.all().stream()
                            .anyMatch(line -> line.matches(time + "WARN heddle - a line of .*")),
                    () -> log.all().toString());
        }
    }
}
