package dev.heddle.support;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

import java.time.Duration;
import java.util.concurrent.Callable;

/// Waits for what other threads do, looking often, so that a test lasts no longer than they do.
public final class Soon {
    private Soon() {}

    /// Blocks until this is so; an error after ten seconds.
    public static void until(Callable<Boolean> condition) {
        patience().until(condition);
    }

    /// Blocks until this passes; its error after ten seconds.
    public static void untilAsserted(ThrowingRunnable assertion) {
        patience().untilAsserted(assertion);
    }

    private static ConditionFactory patience() {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Patience.BOUND);
    }
}
