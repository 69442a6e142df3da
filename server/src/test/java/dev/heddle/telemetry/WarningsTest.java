package dev.heddle.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class WarningsTest {
    private static final long SECOND = 1_000_000_000L;

    /// Notes what it is told.
    private static final class Notes extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        private final transient List<String> lines = new ArrayList<>();

        @Override
        protected synchronized void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String message,
                Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            lines.add(level + " " + message + (throwable == null ? "" : " " + throwable));
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private final Notes log = new Notes();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3 * SECOND);
    private final Warnings warnings = new Warnings(log, "trouble", now::get);

    @Test
    void warnsAtOnceAndThenOnceInFiveSecondsWithTheNumberLeftOut() {
        warnings.warn(null);
        for (int i = 0; i < 7; i++) {
            now.addAndGet(SECOND / 2);
            warnings.warn(null);
        }
        now.addAndGet(2 * SECOND);
        warnings.warn(null);
        now.addAndGet(5 * SECOND);
        warnings.warn(null);
        assertEquals(
                List.of("WARN trouble", "WARN trouble (7 more since)", "WARN trouble"), log.lines);
    }

    @Test
    void logsTheStackOfACause() {
        warnings.warn(new IllegalStateException("why"));
        assertEquals(List.of("WARN trouble java.lang.IllegalStateException: why"), log.lines);
    }

    @Test
    void aStormFromManyThreadsIsOneLine() {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                threads.execute(
                        () -> {
                            for (int j = 0; j < 1000; j++) {
                                warnings.warn(null);
                            }
                        });
            }
        }
        assertEquals(1, log.lines.size(), log.lines::toString);
        now.addAndGet(5 * SECOND);
        warnings.warn(null);
        assertEquals(2, log.lines.size(), log.lines::toString);
        assertEquals(7_999, log.lines.stream().mapToInt(WarningsTest::leftOut).sum());
    }

    /// Also the first line may count those that were beaten to it.
    private static int leftOut(String line) {
        Matcher matcher = Pattern.compile(".*\\((\\d+) more since\\)").matcher(line);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
