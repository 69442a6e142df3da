package dev.heddle.outbox;

import dev.heddle.telemetry.Counters;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// The virtual threads that write what outboxes have queued. They exist only while there is
/// something to write.
///
/// **Thread-safe.** A writer takes one outbox after the other. A write may last as long as its peer
/// does not read, so a writer that sees more work starts the next writer before it writes: that one
/// runs as soon as a carrier is free, because this one has ended, or waits for its peer, or because
/// there are more carriers. So there are as many writers as can run, one more, and those whose
/// peers do not read; a broadcast to 10,000 clients starts a handful.
public final class Writers implements Runnable {
    /// How long a writer keeps its carrier before it goes to the end of the scheduler's queue.
    private static final long TURN_NANOS = 4_000_000L;

    private final Counters counters;
    private final Queue<OneWriterQueue> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isNextStarted = new AtomicBoolean();

    /// @param counters where a bug on a writer's thread is counted
    public Writers(Counters counters) {
        this.counters = counters;
    }

    /// Lets a writer write what this outbox has queued. **Never blocks.** The caller must have
    /// become the outbox's writer, and is it no more.
    void add(OneWriterQueue outbox) {
        ready.add(outbox);
        try {
            startNext();
        } catch (RuntimeException | Error unstarted) {
            // Others may have relied on the thread that could not be started.
            OneWriterQueue left;
            while ((left = ready.poll()) != null) {
                left.giveUp();
            }
            throw unstarted;
        }
    }

    /// The life of a writer's thread.
    @Override
    public void run() {
        // Before the first look at what is ready: what is added later starts another writer.
        isNextStarted.set(false);
        long began = System.nanoTime();
        OneWriterQueue outbox;
        while ((outbox = ready.poll()) != null) {
            try {
                if (!ready.isEmpty()) {
                    startNext();
                }
            } catch (RuntimeException | Error unstarted) {
                counters.bug(unstarted); // this writer goes on alone
            }
            try {
                outbox.drain();
            } catch (RuntimeException | Error bug) {
                counters.bug(bug);
            }
            if (System.nanoTime() - began > TURN_NANOS && isNextStarted.get()) {
                return;
            }
        }
    }

    private void startNext() {
        if (!isNextStarted.get() && isNextStarted.compareAndSet(false, true)) {
            try {
                Thread.startVirtualThread(this);
            } catch (RuntimeException | Error unstarted) {
                isNextStarted.set(false);
                throw unstarted;
            }
        }
    }
}
