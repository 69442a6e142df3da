package dev.heddle;

import dev.heddle.config.Deadlines;
import dev.heddle.control.Drain;
import dev.heddle.net.Acceptor;
import dev.heddle.net.Admission;
import dev.heddle.net.PacedGoodbye;
import dev.heddle.outbox.Farewell;
import dev.heddle.telemetry.Counters;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A server's way to its end: it is not ready any more, then accepts no more and sends its clients
/// away at a pace, and then drains. **Thread-safe.**
final class Departure implements Drain {
    /// What a server that is alone takes to be there again.
    private static final int RESTART_SECONDS = 5;

    private final Core core;
    private final Acceptor acceptor;
    private final Admission admission;
    private final Standing standing;
    private final PacedGoodbye goodbye;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final AtomicBoolean hasBegun = new AtomicBoolean();
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile Runnable whenAsked = () -> {};

    Departure(Core core, Acceptor acceptor, Admission admission, Standing standing) {
        this.core = core;
        this.acceptor = acceptor;
        this.admission = admission;
        this.standing = standing;
        this.goodbye = new PacedGoodbye(acceptor, stopping().drainSpread());
        Counters.expect(core.counters.sentAwayByReason(), Farewell.labels());
        core.farewell.expectBackIn(this::secondsUntilBack);
    }

    private Deadlines.Stopping stopping() {
        return core.settings.deadlines().stopping();
    }

    /// Other nodes are there already. A server that is alone has to end first, and to start.
    private int secondsUntilBack() {
        return core.settings.cluster().redis().isSet()
                ? 0
                : Math.toIntExact(goodbye.left().plusMillis(999).toSeconds()) + RESTART_SECONDS;
    }

    /// What is done when somebody asks for the end, once: it must return at once.
    void whenAsked(Runnable action) {
        whenAsked = action;
    }

    @Override
    public Duration begin(Optional<Duration> over) {
        over.ifPresent(goodbye::spreadOver);
        if (!isAsked.getAndSet(true)) {
            whenAsked.run();
        }
        return goodbye.left();
    }

    /// Is not ready any more, accepts for as long as `deadlines.unready` says, and then sends the
    /// clients away over as long as was asked for, or `deadlines.drain-spread` says. Blocks until
    /// that is done, whoever does it; what is left is for [#drain].
    void depart() throws InterruptedException {
        isAsked.set(true);
        if (hasBegun.getAndSet(true)) {
            gone.await();
            return;
        }
        try {
            standing.leave();
            var _ = hurry.await(stopping().unready().toMillis(), TimeUnit.MILLISECONDS);
            closeDoor();
            if (goodbye.left().isPositive()) {
                goodbye.run();
            }
        } finally {
            gone.countDown();
        }
    }

    private void closeDoor() {
        try {
            acceptor.close();
        } catch (IOException unclosed) {
            core.counters.bug(unclosed);
        }
    }

    /// Waits for nothing any more.
    void hurry() {
        hurry.countDown();
        goodbye.spreadOver(Duration.ZERO);
    }

    /// Delivers what the hubs have taken, sends every client away that is left, and waits until
    /// they are gone or the drain deadline has passed. At most half of the time is the hubs', so
    /// that there is some left for the Close frames; a quarter is kept for telling services of the
    /// ends, if any are to be told.
    void drain() throws InterruptedException {
        Duration bound = stopping().drain();
        long endNanos = System.nanoTime() + bound.toNanos();
        core.drain(bound);
        acceptor.goAway();
        Duration forServices = core.gateway.hasRoutes() ? bound.dividedBy(4) : Duration.ZERO;
        admission.awaitNone(left(endNanos).minus(forServices));
        if (core.gateway.hasRoutes()) {
            acceptor.abort(); // whose ends have to be told too
            admission.awaitNone(forServices.dividedBy(2));
            core.gateway.drain(left(endNanos));
        }
    }

    private static Duration left(long endNanos) {
        return Duration.ofNanos(endNanos - System.nanoTime());
    }
}
