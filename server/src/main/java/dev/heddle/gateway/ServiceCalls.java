package dev.heddle.gateway;

import dev.heddle.config.GatewayRoute;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.gateway.ServiceReply.Failure;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.RouteCounters;
import dev.heddle.telemetry.event.ServiceCalled;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Calls the service of one route: so many at a time, again where that may help, and not at all
/// while it fails anyway. Nothing of one route holds up another. **Thread-safe.**
final class ServiceCalls implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_PAUSE_MILLIS = 200;

    /// The failure that the breaker is told, of which it reads nothing.
    private static final IllegalStateException NO_ANSWER =
            new IllegalStateException("no answer of the service");

    private final HttpService service;
    private final Semaphore inFlight;
    private final int maxInFlight;
    private final long timeoutNanos;
    private final CircuitBreaker breaker;
    private final RetryBudget budget = new RetryBudget();
    private final RouteCounters counted;
    private final Counters counters;
    private volatile boolean isClosed;

    ServiceCalls(GatewayRoute route, RouteCounters counted, Counters counters) {
        this.service = new HttpService(route);
        this.maxInFlight = route.service().maxInFlight();
        this.inFlight = new Semaphore(maxInFlight, true);
        this.timeoutNanos = route.service().timeout().toNanos();
        this.breaker = CircuitBreaker.of(route.name(), breakerConfig());
        this.counted = counted;
        this.counters = counters;
    }

    /// The service is suspended for 2 s when half of at least 20 calls within 10 s had no answer,
    /// or one with a status of 500 or more; then 5 calls find out whether it is back.
    private static CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.TIME_BASED)
                .slidingWindowSize(10)
                .minimumNumberOfCalls(20)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(2))
                .permittedNumberOfCallsInHalfOpenState(5)
                .build();
    }

    /// Tells the service of an event, once there is room for it. Blocks for as long as that takes,
    /// and then until there is an answer, at most for the route's timeout.
    ServiceReply call(ServiceEvent event) {
        inFlight.acquireUninterruptibly();
        try {
            return measured(event, System.nanoTime() + timeoutNanos);
        } finally {
            inFlight.release();
        }
    }

    /// As [#call], but what it takes until there is room counts against the timeout.
    ServiceReply callInTime(ServiceEvent event) {
        long endNanos = System.nanoTime() + timeoutNanos;
        boolean hasRoom = false;
        try {
            hasRoom = inFlight.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS);
            return hasRoom ? measured(event, endNanos) : counted(event, Failure.CROWDED_OUT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return counted(event, Failure.CROWDED_OUT);
        } finally {
            if (hasRoom) {
                inFlight.release();
            }
        }
    }

    private ServiceReply measured(ServiceEvent event, long endNanos) {
        long began = System.nanoTime();
        ServiceReply reply = attempt(event, endNanos);
        long nanos = System.nanoTime() - began;
        counters.times.gatewayEvent(counted.route(), nanos);
        ServiceCalled.emit(
                event.id(),
                counted.route(),
                ServiceEvent.word(event.kind()) + ' ' + reply.label(),
                nanos);
        return counted(event, reply);
    }

    private ServiceReply counted(ServiceEvent event, ServiceReply reply) {
        counted.event(ServiceEvent.word(event.kind()), reply.label());
        return reply;
    }

    private ServiceReply attempt(ServiceEvent event, long endNanos) {
        HttpRequest request = service.request(event);
        budget.earn();
        boolean mayHaveArrived = false;
        for (int attempt = 1; ; attempt++) {
            ServiceReply reply = once(request, endNanos);
            if (!(reply instanceof Failure failure)) {
                return reply;
            }
            mayHaveArrived |= failure.mayHaveArrived;
            boolean goesOn = failure.isRepeatable && attempt < MAX_ATTEMPTS && !isClosed;
            if (!goesOn || !budget.spend() || !pause(attempt, endNanos)) {
                return mayHaveArrived && !failure.mayHaveArrived ? Failure.CUT_OFF : failure;
            }
            counted.repeated.increment();
        }
    }

    private ServiceReply once(HttpRequest request, long endNanos) {
        if (isClosed || !breaker.tryAcquirePermission()) {
            return Failure.SUSPENDED;
        }
        long began = System.nanoTime();
        ServiceReply reply = Failure.MALFORMED;
        try {
            reply = service.send(request, endNanos - began);
        } finally {
            tellBreaker(reply, System.nanoTime() - began);
        }
        return reply;
    }

    private void tellBreaker(ServiceReply reply, long nanos) {
        if (reply instanceof Answer answer && !answer.isFault()) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, NO_ANSWER);
        }
    }

    /// Rests for a time drawn by lot, longer with each attempt.
    ///
    /// @return whether there is time left
    private static boolean pause(int attempt, long endNanos) {
        long millis = ThreadLocalRandom.current().nextLong(1, (long) attempt * MAX_PAUSE_MILLIS);
        if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) >= endNanos) {
            return false;
        }
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Events that are sent and not answered.
    int inFlight() {
        return maxInFlight - inFlight.availablePermits();
    }

    /// Events that wait until there is room.
    int waiting() {
        return inFlight.getQueueLength();
    }

    /// Whether the service is left in peace.
    boolean isSuspended() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    /// Ends all calls without an answer, also those to come.
    @Override
    public void close() {
        isClosed = true;
        service.close();
    }
}
