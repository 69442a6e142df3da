package dev.heddle.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Sends the connections of a server that accepts no more away, spread over a time: a few at each
/// look, in no order, and never many at once. **Thread-safe.**
public final class PacedGoodbye {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// Who has gone by itself is not counted again at each look: that takes a while if there are
    /// many.
    private static final int LOOKS_BETWEEN_COUNTS = 20;

    private final Acceptor acceptor;
    private final LongSupplier nanoClock;

    // Guarded by this.
    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private Optional<Spread> spread = Optional.empty();
    private Duration over;
    private int looks;

    /// @param over how long it takes, unless another time is set
    public PacedGoodbye(Acceptor acceptor, Duration over) {
        this(acceptor, over, System::nanoTime);
    }

    PacedGoodbye(Acceptor acceptor, Duration over, LongSupplier nanoClock) {
        this.acceptor = acceptor;
        this.over = over;
        this.nanoClock = nanoClock;
    }

    /// Takes another time, from now if it has begun, and else from when it begins. Never blocks.
    public synchronized void spreadOver(Duration time) {
        over = time;
        spread.ifPresent(it -> it.endIn(nanoClock.getAsLong(), time.toNanos()));
        notifyAll();
    }

    /// How long it will still take.
    public synchronized Duration left() {
        return spread.map(it -> Duration.ofNanos(it.left(nanoClock.getAsLong()))).orElse(over);
    }

    /// Sends those away that are connected, and blocks until all are told or the time is over: who
    /// is left then is nobody's burst but the caller's. Nobody may come meanwhile.
    public void run() throws InterruptedException {
        begin();
        while (look()) {
            await();
        }
    }

    /// Takes everybody that is there, in no order: who came together need not leave together.
    synchronized void begin() {
        List<Connection> all = new ArrayList<>();
        acceptor.forEachConnection(all::add);
        Collections.shuffle(all);
        waiting.addAll(all);
        spread = Optional.of(new Spread(nanoClock.getAsLong(), over.toNanos()));
    }

    /// Sends those away that are due.
    ///
    /// @return whether there is anybody left, and time
    synchronized boolean look() {
        Spread pace = spread.orElseThrow();
        long now = nanoClock.getAsLong();
        if (looks++ % LOOKS_BETWEEN_COUNTS == 0) {
            waiting.removeIf(Connection::isUnreadable);
        }
        if (pace.left(now) == 0) {
            return false;
        }
        for (int due = pace.due(waiting.size(), now); due > 0; due--) {
            waiting.remove().goAway();
        }
        return !waiting.isEmpty();
    }

    private synchronized void await() throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, LOOK_NANOS);
    }
}
