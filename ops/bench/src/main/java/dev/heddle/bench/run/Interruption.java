package dev.heddle.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets Ctrl-C, or SIGTERM, end a run early: interrupts the thread that made this, and keeps the
/// process until that has shown what it has.
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch isShown = new CountDownLatch(1);
    private final Thread measuring = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupt, "bench-stop");

    public Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// The command of a process that Ctrl-C does not end: a terminal sends it to all, and it is for
    /// this one alone, which ends the others when it has heard what they have.
    public static List<String> withoutCtrlC(List<String> command) {
        List<String> shielded =
                new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$0\" \"$@\""));
        shielded.addAll(command);
        return shielded;
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
