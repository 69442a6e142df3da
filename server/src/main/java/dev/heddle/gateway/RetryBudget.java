package dev.heddle.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/// How often events may be sent again: once for ten that are sent, and a few times beyond. So a
/// service that fails gets a tenth more to do, and not a multiple. **Thread-safe, never blocks.**
final class RetryBudget {
    private static final int PRICE = 10;
    private static final int AT_FIRST = 10 * PRICE;
    private static final int MOST = 100 * PRICE;

    private final AtomicInteger savings = new AtomicInteger(AT_FIRST);

    /// An event is sent for the first time.
    void earn() {
        if (savings.get() < MOST) {
            savings.incrementAndGet();
        }
    }

    /// Takes one repetition out.
    ///
    /// @return whether there was one
    boolean spend() {
        int before = savings.getAndUpdate(saved -> saved < PRICE ? saved : saved - PRICE);
        return before >= PRICE;
    }
}
