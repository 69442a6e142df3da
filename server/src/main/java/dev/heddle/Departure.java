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

/// The end of a server, step by step: it becomes unready, stops accepting, closes its connections
/// at a pace, and drains. **Thread-safe.**
final class Departure implements Drain {
    /// The time after which a server that is alone should have started again.
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

    /// Sets the action for the first request to drain. It must return at once.
    void whenAsked(Runnable action) {
        whenAsked = action;
    }

    @Override
    public Duration pace(Optional<Duration> over) {
        over.ifPresent(goodbye::spreadOver);
        return goodbye.left();
    }

    @Override
    public void begin() {
        if (!isAsked.getAndSet(true)) {
            whenAsked.run();
        }
    }

    /// Makes the server unready, goes on accepting for `deadlines.unready`, and then closes the
    /// connections over the time of the request, or over `deadlines.drain-spread`. Blocks until
    /// that is done, also when another thread does it, which then takes `deadlines.drain-spread`
    /// from now on if that is sooner. [#drain] closes the remaining connections.
    ///
    /// @param whenUnready is run while new clients still come, by the first caller
    void depart(Runnable whenUnready) throws InterruptedException {
        isAsked.set(true);
        if (hasBegun.getAndSet(true)) {
            if (goodbye.left().compareTo(stopping().drainSpread()) > 0) {
                goodbye.spreadOver(stopping().drainSpread());
            }
            gone.await();
            return;
        }
        try {
            standing.leave();
            if (stopping().unready().isPositive()) {
                whenUnready.run();
            }
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

    /// Ends both waits at once.
    void hurry() {
        hurry.countDown();
        goodbye.spreadOver(Duration.ZERO);
    }

    /// Delivers the publications that the hubs have taken, closes every remaining connection, and
    /// waits until all have ended or the drain deadline has passed. The hubs get half of the time
    /// at most, so that some is left for the Close frames. A quarter is kept for telling services
    /// of the ends, if there are services.
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
