package dev.heddle.gateway;

import dev.heddle.config.GatewayEvent;
import dev.heddle.config.GatewayRoute;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.telemetry.RouteCounters;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The ends of connections that the service of a route has yet to be told of. Each is sent again
/// until the service has taken it, refuses it, or it has waited for too long. It is a connection's
/// last event, and the others are answered when it is queued: so the order is kept.
///
/// **Thread-safe.** A few virtual threads send, only while there is something to send.
final class DisconnectQueue {
    /// The label of ends that are not delivered.
    static final String DROPPED = "dropped";

    static final String GIVEN_UP = "given up";

    private static final int MAX_SENDERS = 16;
    private static final int FIRST_PAUSE_MILLIS = 100;
    private static final int LONGEST_PAUSE_MILLIS = 5_000;

    private final ServiceCalls calls;
    private final RouteCounters counted;
    private final int max;
    private final long patienceNanos;
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger senders = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// An end that the service does not know yet.
    ///
    /// @param endNanos when it is given up
    /// @param pauseMillis how long to rest when it fails the next time
    private record Pending(ServiceEvent event, long endNanos, int pauseMillis) {
        Pending later() {
            int longer = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            return new Pending(event, endNanos, longer);
        }
    }

    DisconnectQueue(GatewayRoute route, ServiceCalls calls, RouteCounters counted) {
        this.calls = calls;
        this.counted = counted;
        this.max = route.telling().maxPending();
        this.patienceNanos = route.telling().patience().toNanos();
    }

    /// Queues an event; with no room it is dropped and counted. **Never blocks.**
    void offer(ServiceEvent event) {
        boolean hasRoom = size.getAndUpdate(now -> now < max ? now + 1 : now) < max;
        if (!hasRoom) {
            count(DROPPED);
            return;
        }
        queue.add(new Pending(event, System.nanoTime() + patienceNanos, FIRST_PAUSE_MILLIS));
        startSender();
    }

    /// How many events are not delivered.
    int size() {
        return size.get();
    }

    /// Waits until all is delivered, at most for the given time.
    void drain(Duration bound) throws InterruptedException {
        long endNanos = System.nanoTime() + bound.toNanos();
        while (size.get() > 0 && System.nanoTime() < endNanos) {
            Thread.sleep(10);
        }
    }

    /// Gives up what is not delivered.
    void close() {
        closed.countDown();
    }

    private void startSender() {
        int before = senders.getAndUpdate(running -> Math.min(MAX_SENDERS, running + 1));
        if (before < MAX_SENDERS) {
            Thread.ofVirtual().name("heddle-disconnects").start(this::send);
        }
    }

    /// One that fails rests and goes to the end, so that others are not held up by it.
    private void send() {
        Pending next = queue.poll();
        while (next != null) {
            boolean isDone = true;
            try {
                isDone = isDone(next);
            } finally {
                if (isDone) {
                    size.decrementAndGet();
                }
            }
            if (!isDone) {
                rest(
                        ThreadLocalRandom.current()
                                .nextLong(next.pauseMillis() / 2, next.pauseMillis()));
                queue.add(next.later());
            }
            next = queue.poll();
        }
        senders.decrementAndGet();
        if (!queue.isEmpty()) { // somebody has seen this one running, and started none
            startSender();
        }
    }

    /// @return whether it is delivered or given up
    private boolean isDone(Pending pending) {
        boolean isLate = System.nanoTime() - pending.endNanos() > 0;
        if (isLate || closed.getCount() == 0) {
            count(GIVEN_UP);
            return true;
        }
        ServiceReply reply = calls.call(pending.event());
        if (!(reply instanceof Answer answer) || answer.isForNow()) {
            return false;
        }
        if (!answer.isDone()) {
            count(GIVEN_UP);
        }
        return true;
    }

    /// Waits, but not when this is closed.
    private void rest(long millis) {
        try {
            var _ = closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            close();
        }
    }

    private void count(String result) {
        counted.event(ServiceEvent.word(GatewayEvent.DISCONNECT), result);
    }
}
