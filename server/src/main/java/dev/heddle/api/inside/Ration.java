package dev.heddle.api.inside;

import dev.heddle.api.http.Handler;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;

import java.util.Map;
import java.util.function.LongSupplier;

/// Something that everybody on the server has to wait for, which therefore gets a hundredth of the
/// time: whatever it took, it rests for a hundred times as long.
///
/// **Thread-safe.** Nobody waits for a turn: a caller that comes too early is told when to come
/// back.
final class Ration {
    private static final int RESTS = 100;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final LongSupplier clockNanos;
    private boolean isTaken;
    private long againNanos;

    Ration() {
        this(System::nanoTime);
    }

    /// @param clockNanos from any start, may wrap around
    Ration(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
        this.againNanos = clockNanos.getAsLong();
    }

    /// Wraps a handler, which answers 429 with `Retry-After` while it runs or rests.
    Handler of(Handler handler) {
        return call -> {
            long beganNanos = take();
            try {
                return handler.answer(call);
            } finally {
                giveBack(beganNanos);
            }
        };
    }

    /// Begins to do it.
    ///
    /// @return when, for [#giveBack]
    /// @throws Refusal while it runs or rests
    synchronized long take() throws Refusal {
        long nowNanos = clockNanos.getAsLong();
        long leftNanos = isTaken ? SECOND_NANOS : againNanos - nowNanos;
        if (leftNanos > 0) {
            long seconds = (leftNanos + SECOND_NANOS - 1) / SECOND_NANOS;
            throw new Refusal(
                    ProblemType.TOO_MANY,
                    "everybody waits for it, so it gets a hundredth of the time; come back in "
                            + seconds
                            + " s",
                    Map.of("Retry-After", Long.toString(seconds)));
        }
        isTaken = true;
        return nowNanos;
    }

    /// Records that the work has ended.
    synchronized void giveBack(long beganNanos) {
        long nowNanos = clockNanos.getAsLong();
        isTaken = false;
        againNanos = nowNanos + RESTS * (nowNanos - beganNanos);
    }
}
