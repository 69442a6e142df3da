package dev.heddle.bench.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C, or SIGTERM, end a run early: interrupts the thread that made this, and keeps the
/// process until that has shown what it has.
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch isShown = new CountDownLatch(1);
    private final Thread measuring = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupt, "bench-stop");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void interrupt() {
        measuring.interrupt();
        try {
            var _ = isShown.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// All is shown.
    @Override
    public void close() {
        isShown.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            return; // and the hook is what stops us
        }
    }
}
