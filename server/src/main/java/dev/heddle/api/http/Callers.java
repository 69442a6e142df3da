package dev.heddle.api.http;

import dev.heddle.telemetry.Warnings;

import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// The callers of the internal port, which has so many places for them and no more.
///
/// When all places are taken, a new caller takes the place of the one that has kept the server
/// waiting longest: for a request or the rest of it, or to take an answer. A handler at work keeps
/// its place. Streams may not take all places, so that health checks always get in. **Thread-safe;
/// only [#end] blocks.**
final class Callers {
    /// The places that streams leave to others, unless half of all places is less.
    private static final int KEPT_FROM_STREAMS = 8;

    private final Set<Caller> callers = ConcurrentHashMap.newKeySet();
    private final Semaphore streams;
    private final int max;
    private final Warnings full =
            new Warnings(
                    LoggerFactory.getLogger(InternalServer.class),
                    "all internal.connections are in use: ");

    /// @param max how many places there are
    Callers(int max) {
        this.max = max;
        this.streams = new Semaphore(max - Math.min(KEPT_FROM_STREAMS, max / 2));
    }

    /// Makes room for one more if need be. Called by one thread, which takes what it finds.
    ///
    /// @return whether there is room
    boolean makeRoom() {
        if (callers.size() < max) {
            return true;
        }
        Optional<Caller> longest =
                callers.stream()
                        .filter(caller -> caller.socket().isAwaited())
                        .min(Comparator.comparingLong(c -> c.socket().waitingSinceNanos()));
        full.warnAbout(longest.isPresent() ? "closed the most silent one" : "closed the new one");
        longest.ifPresent(
                caller -> {
                    callers.remove(caller);
                    caller.socket().close(); // a handler that has begun meanwhile ends its work
                });
        return longest.isPresent();
    }

    /// Adds a caller.
    void add(Caller caller) {
        callers.add(caller);
    }

    /// Removes a caller, if it is still there.
    void remove(Caller caller) {
        callers.remove(caller);
    }

    /// Does something with each caller.
    void forEach(Consumer<Caller> action) {
        callers.forEach(action);
    }

    /// Ends all of them. Blocks until their threads have ended, or the times are over.
    ///
    /// @param forAnswers how long an answer under way may take before its handler is interrupted
    /// @param endNanos until when the threads are waited for
    void end(Duration forAnswers, long endNanos) throws InterruptedException {
        List<Caller> left = List.copyOf(callers);
        left.forEach(Caller::finish);
        try {
            join(left, Math.min(endNanos, System.nanoTime() + forAnswers.toNanos()));
        } finally {
            left.forEach(Caller::abort);
        }
        join(left, endNanos);
    }

    private static void join(List<Caller> left, long endNanos) throws InterruptedException {
        for (Caller caller : left) {
            caller.join(Duration.ofNanos(endNanos - System.nanoTime()));
        }
    }

    /// Watches the peer of a caller, which takes a place that a stream may have, and calls
    /// [#endStream] once.
    ///
    /// @param left is run once the connection has ended
    /// @throws Refusal if no such place is left
    PeerWatch watch(TimedSocket socket, Runnable left) throws Refusal {
        if (!streams.tryAcquire()) {
            throw new Refusal(ProblemType.TOO_MANY, "streams leave some connections to others");
        }
        try {
            return new PeerWatch(socket, left);
        } catch (RuntimeException | Error unstarted) {
            endStream();
            throw unstarted;
        }
    }

    /// Gives back the place that [#watch] took.
    void endStream() {
        streams.release();
    }
}
