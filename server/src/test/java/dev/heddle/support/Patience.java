package dev.heddle.support;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.time.Duration;

/// How long tests wait for what must happen: for as long as a machine may need that is busy with
/// other things. Nothing is measured with it; only what never happens takes so long.
///
/// JUnit finds it by itself, for every class, and so Awaitility waits as long.
public final class Patience implements BeforeAllCallback {
    /// The bound of every wait that has no reason for another one.
    public static final Duration BOUND = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(BOUND);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
