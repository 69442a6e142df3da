package dev.heddle.net;

import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// All deadlines of the server, on one wheel that one thread turns.
///
/// **Thread-safe.** An entry is visited when its time has come, and says itself when it wants to be
/// visited next; being linked into the wheel costs an entry two references and a number, and no
/// timer. Visits run on the wheel's thread, one after the other, and must not block.
@SuppressWarnings("ReferenceEquality") // an entry is itself, and the lists are made of entries
public final class TimingWheel implements Runnable {
    /// How exact a deadline is.
    static final int TICK_MILLIS = 50;

    private static final int SLOTS = 1024;
    private static final long MAX_LAG_NANOS = 500_000_000L;
    private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

    /// Something with deadlines.
    public abstract static class Entry {
        private @Nullable Entry previous;
        private @Nullable Entry next;
        private int dueTick;
        private boolean cancelled;

        /// Looks at its deadlines. **Must not block.**
        ///
        /// @param nowMillis the wheel's clock
        /// @return milliseconds until the next visit, at least 1
        abstract int visit(int nowMillis);
    }

    /// The end of each slot's circular list.
    private static final class Head extends Entry {
        @Override
        int visit(int nowMillis) {
            throw new IllegalStateException("not an entry");
        }
    }

    /// When an entry is visited again whose visit threw.
    private static final int RETRY_MILLIS = 1000;

    private final Counters counters;
    private final Entry[] slots = new Entry[SLOTS];
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int tick = 1;

    /// @param counters where a visit that throws is counted
    public TimingWheel(Counters counters) {
        this.counters = counters;
        for (int i = 0; i < SLOTS; i++) {
            Entry head = new Head();
            head.previous = head;
            head.next = head;
            slots[i] = head;
        }
        this.thread = new DaemonThread("heddle-wheel", this);
    }

    /// Starts turning.
    public void start() {
        thread.start();
    }

    /// Stops turning; no entry is visited any more.
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /// The coarse clock: milliseconds, advancing by ticks, wrapping around.
    int nowMillis() {
        return tick * TICK_MILLIS;
    }

    /// Visits the entry after this time instead of whenever it was due; does nothing once it is
    /// cancelled.
    synchronized void schedule(Entry entry, int delayMillis) {
        if (!entry.cancelled) {
            unlink(entry);
            link(entry, delayMillis);
        }
    }

    /// Visits the entry after this time at the latest; does nothing once it is cancelled.
    synchronized void scheduleNoLaterThan(Entry entry, int delayMillis) {
        boolean isBeingVisited = entry.dueTick - tick <= 0;
        if (isBeingVisited || dueTick(delayMillis) - entry.dueTick < 0) {
            schedule(entry, delayMillis);
        }
    }

    /// Never visits the entry again, except for a visit that is under way.
    synchronized void cancel(Entry entry) {
        entry.cancelled = true;
        unlink(entry);
    }

    /// Calls the action with every entry, outside the wheel's lock.
    void forEach(Consumer<Entry> action) {
        List<Entry> all = new ArrayList<>();
        synchronized (this) {
            for (Entry head : slots) {
                for (Entry e = next(head); e != head; e = next(e)) {
                    all.add(e);
                }
            }
        }
        all.forEach(action);
    }

    /// The life of the wheel's thread.
    @Override
    public void run() {
        long nextNanos = System.nanoTime() + TICK_NANOS;
        while (!stopped) {
            long wait = nextNanos - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            } else {
                try {
                    advance();
                } catch (RuntimeException | Error bug) {
                    counters.bug(bug); // no memory for a list: those wait for a turn of the wheel
                }
                // After a pause of the whole process its clients get the time that it has missed.
                nextNanos = wait < -MAX_LAG_NANOS ? System.nanoTime() : nextNanos + TICK_NANOS;
            }
        }
    }

    /// Moves the clock by one tick and visits what is due. Called by the wheel's thread, or by a
    /// test in its place.
    void advance() {
        int now = tick + 1;
        tick = now;
        List<Entry> due = due(now);
        for (Entry entry : due) {
            scheduleAfterVisit(entry, visit(entry, now), now);
        }
    }

    private int visit(Entry entry, int now) {
        try {
            return entry.visit(now * TICK_MILLIS);
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
            return RETRY_MILLIS;
        }
    }

    /// Schedules what the visit asked for, unless somebody has asked for an earlier one meanwhile,
    /// whom the visit may have missed.
    private synchronized void scheduleAfterVisit(Entry entry, int delayMillis, int now) {
        boolean askedMeanwhile = entry.dueTick - now > 0;
        if (!askedMeanwhile || dueTick(delayMillis) - entry.dueTick < 0) {
            schedule(entry, delayMillis);
        }
    }

    private synchronized List<Entry> due(int now) {
        Entry head = slots[now & SLOTS - 1];
        List<Entry> due = new ArrayList<>();
        for (Entry e = next(head); e != head; e = next(e)) {
            if (e.dueTick - now <= 0) {
                due.add(e);
            }
        }
        return due;
    }

    private void link(Entry entry, int delayMillis) {
        entry.dueTick = dueTick(delayMillis);
        Entry head = slots[entry.dueTick & SLOTS - 1];
        Entry last = head.previous;
        entry.previous = last;
        entry.next = head;
        head.previous = entry;
        if (last != null) {
            last.next = entry;
        }
    }

    private int dueTick(int delayMillis) {
        return tick + Math.max(1, (delayMillis - 1) / TICK_MILLIS + 1);
    }

    private static void unlink(Entry entry) {
        if (entry.previous != null && entry.next != null) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
    }

    private static Entry next(Entry entry) {
        if (entry.next == null) {
            throw new IllegalStateException("a linked entry has a next one");
        }
        return entry.next;
    }
}
