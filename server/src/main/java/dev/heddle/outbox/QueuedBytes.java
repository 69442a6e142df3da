package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// The bytes that wait in all outboxes of the process together, and their bound.
///
/// **Thread-safe.** A frame that many receivers share counts for each of them by its part alone,
/// and not at all where that is next to nothing: so a broadcast costs no counting. Beyond the bound
/// nothing that is queued is lost: clients whose messages would have answers wait, and peers that
/// take nothing are sent away.
public final class QueuedBytes {
    private static final int LEAST_COUNTED = 64;
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final long max;
    private final LongAdder held = new LongAdder();
    private final LongAdder waits;

    /// @param max how many bytes may wait in all
    /// @param waits counts how often a client's message had to wait
    public QueuedBytes(long max, LongAdder waits) {
        this.max = max;
        this.waits = waits;
    }

    /// A frame waits in an outbox.
    void add(EncodedFrame frame) {
        int part = part(frame);
        if (part >= LEAST_COUNTED) {
            held.add(part);
        }
    }

    /// A frame waits no more.
    void remove(EncodedFrame frame) {
        int part = part(frame);
        if (part >= LEAST_COUNTED) {
            held.add(-part);
        }
    }

    /// How many of a frame's bytes one of its receivers answers for.
    static int part(EncodedFrame frame) {
        return frame.length() / frame.receivers();
    }

    /// How many bytes wait now.
    public long held() {
        return held.sum();
    }

    /// How many bytes too many wait; 0 or less while there is room.
    public long excess() {
        return held() - max;
    }

    /// Blocks until there is room.
    ///
    /// @param isOver whether the caller's connection is ending, so that waiting is no use
    public void awaitRoom(BooleanSupplier isOver) {
        if (excess() > 0) {
            waits.increment();
            await(isOver);
        }
    }

    private synchronized void await(BooleanSupplier isOver) {
        while (excess() > 0 && !isOver.getAsBoolean()) {
            try {
                wait(PATIENCE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Lets those go on who wait, if there is room.
    public synchronized void wakeIfRoom() {
        if (excess() <= 0) {
            notifyAll();
        }
    }
}
