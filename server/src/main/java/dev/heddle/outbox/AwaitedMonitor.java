package dev.heddle.outbox;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A lock that knows whether threads wait for a change of what it guards: where none does, a change
/// costs nothing.
///
/// The callers of all methods hold the lock.
abstract class AwaitedMonitor {
    /// Whether a thread waits that has not been woken. Guarded by this.
    private boolean isAwaited;

    /// Waits until the condition holds, at most for the given time. A thread that is interrupted
    /// waits on, and has its interrupt afterwards.
    final void await(BooleanSupplier condition, long maxMillis) {
        boolean wasInterrupted = false;
        long left = TimeUnit.MILLISECONDS.toNanos(maxMillis);
        long before = System.nanoTime();
        while (!condition.getAsBoolean() && left > 0) {
            isAwaited = true;
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException interrupted) {
                wasInterrupted = true;
            }
            long now = System.nanoTime();
            left -= now - before;
            before = now;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets those that wait look at their conditions again, after a change.
    final void changed() {
        if (isAwaited) {
            isAwaited = false;
            notifyAll();
        }
    }
}
