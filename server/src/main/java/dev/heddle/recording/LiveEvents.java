package dev.heddle.recording;

import dev.heddle.telemetry.event.EventTap;
import dev.heddle.telemetry.event.Events;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// The events of Heddle as they happen. They do not come from JFR, so that nobody needs a file who
/// only listens.
///
/// Nothing is done while nobody listens. **Thread-safe.**
public final class LiveEvents implements AutoCloseable {
    /// The number of listeners at the same time.
    public static final int MAX_LISTENERS = 16;

    /// Events that wait for one who listens slowly; what comes when there are so many is lost to
    /// it.
    static final int MAX_WAITING = 4_096;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final BiConsumer<String, Map<String, Object>> tap = this::tell;
    private @Nullable CountDownLatch ticking;
    private boolean closed;

    /// Somebody who listens. Belongs to one thread, which closes it.
    public final class Listener implements AutoCloseable {
        private final Predicate<LiveEvent> wanted;
        private final BlockingQueue<LiveEvent> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
        private final AtomicLong lost = new AtomicLong();
        private volatile boolean ended;

        private Listener(Predicate<LiveEvent> wanted) {
            this.wanted = wanted;
        }

        /// The next event; empty if there is none for so long, or none any more. Blocks until then.
        public Optional<LiveEvent> next(Duration longest) throws InterruptedException {
            LiveEvent next = ended ? null : waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(next).filter(event -> !event.name().isEmpty());
        }

        /// How many were lost since this was asked last.
        public long lost() {
            return lost.getAndSet(0);
        }

        /// Whether the server stops, and there are no more.
        public boolean isOver() {
            return ended;
        }

        @Override
        public void close() {
            leave(this);
        }

        private void offer(LiveEvent event) {
            if (wanted.test(event) && !waiting.offer(event)) {
                lost.incrementAndGet();
            }
        }

        private void end() {
            ended = true;
            waiting.clear();
            waiting.offer(END);
        }
    }

    private static final LiveEvent END = new LiveEvent("", Map.of());

    LiveEvents() {}

    /// Begins to listen.
    ///
    /// @param wanted which events; asked on the thread on which they happen, and must be quick
    /// @return nothing if too many listen already, or the server stops
    public synchronized Optional<Listener> listen(Predicate<LiveEvent> wanted) {
        if (!hasRoom()) {
            return Optional.empty();
        }
        if (ticking == null) {
            ticking = open();
        }
        Listener listener = new Listener(wanted);
        listeners.add(listener);
        return Optional.of(listener);
    }

    /// Whether one more may listen.
    public synchronized boolean hasRoom() {
        return !closed && listeners.size() < MAX_LISTENERS;
    }

    /// Whether events are heard of.
    synchronized boolean isStreaming() {
        return ticking != null;
    }

    /// Ends the streams; their listeners are told.
    @Override
    public synchronized void close() {
        closed = true;
        listeners.forEach(Listener::end);
        listeners.clear();
        stop();
    }

    private synchronized void leave(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            stop();
        }
    }

    private void stop() {
        CountDownLatch running = ticking;
        ticking = null;
        if (running != null) {
            EventTap.close(tap);
            running.countDown();
        }
    }

    private CountDownLatch open() {
        CountDownLatch stopped = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("heddle-events").start(() -> tick(stopped));
        EventTap.open(tap); // behind what may fail
        return stopped;
    }

    private static void tick(CountDownLatch stopped) {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                Events.emitUnrecorded();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String name, Map<String, Object> fields) {
        LiveEvent event = new LiveEvent(name.substring(LiveEvent.PREFIX.length()), fields);
        for (Listener listener : listeners) {
            listener.offer(event);
        }
    }
}
