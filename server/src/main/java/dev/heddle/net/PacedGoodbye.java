package dev.heddle.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Closes the connections of a server that accepts no more, spread over a time: a few at each look,
/// in random order. **Thread-safe.**
public final class PacedGoodbye {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// Looks between two searches for connections that have ended by themselves: a search takes a
    /// while if there are many connections.
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

    /// Closes the connections, and blocks until all Close frames are queued or the time is over.
    /// The caller closes the rest. No connection may be accepted meanwhile.
    public void run() throws InterruptedException {
        begin();
        while (look()) {
            await();
        }
    }

    /// Takes all connections, in random order: clients that came together leave apart.
    synchronized void begin() {
        List<Connection> all = new ArrayList<>();
        acceptor.forEachConnection(all::add);
        Collections.shuffle(all);
        waiting.addAll(all);
        spread = Optional.of(new Spread(nanoClock.getAsLong(), over.toNanos()));
    }

    /// Closes the connections that are due.
    ///
    /// @return whether there are connections left, and time
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
