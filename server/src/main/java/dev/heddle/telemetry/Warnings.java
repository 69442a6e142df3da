package dev.heddle.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// One kind of warning that may come in thousands and is logged at most once in five seconds, with
/// the number of those left out. **Thread-safe, never blocks.**
public final class Warnings {
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final Logger log;
    private final String text;
    private final LongSupplier clockNanos;
    private final AtomicLong nextNanos;
    private final AtomicLong leftOut = new AtomicLong();

    /// @param log where it goes
    /// @param text what it says: nothing that a peer has sent
    public Warnings(Logger log, String text) {
        this(log, text, System::nanoTime);
    }

    /// @param clockNanos from any start, may wrap around
    Warnings(Logger log, String text, LongSupplier clockNanos) {
        this.log = log;
        this.text = text;
        this.clockNanos = clockNanos;
        this.nextNanos = new AtomicLong(clockNanos.getAsLong());
    }

    /// Warns, or counts that it would have.
    ///
    /// @param cause logged with its stack, unless `null`
    public void warn(@Nullable Throwable cause) {
        warn("", cause);
    }

    /// Warns about something in particular, or counts that it would have.
    ///
    /// @param detail follows the text: nothing that a peer has sent, unless it is known to be of a
    ///   form that fits one line
    public void warnAbout(String detail) {
        warn(detail, null);
    }

    private void warn(String detail, @Nullable Throwable cause) {
        long next = nextNanos.get();
        long now = clockNanos.getAsLong();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            leftOut.incrementAndGet();
            return;
        }
        long skipped = leftOut.getAndSet(0);
        String line = text + detail;
        log.warn(skipped == 0 ? line : line + " (" + skipped + " more since)", cause);
    }
}
