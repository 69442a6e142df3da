package dev.heddle.recording;

import dev.heddle.telemetry.event.Events;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// The events of Heddle as they happen, about a second later: JFR hands them over once a second.
///
/// One stream is shared by all who listen, and there is none while nobody does. **Thread-safe.**
public final class LiveEvents implements AutoCloseable {
    /// Who may listen at the same time.
    public static final int MAX_LISTENERS = 16;

    /// Events that wait for one who listens slowly; what comes when there are so many is lost to
    /// it.
    static final int MAX_WAITING = 4_096;

    private static final Duration KEPT = Duration.ofSeconds(10);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable RecordingStream stream;
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
    /// @param wanted which events; asked on the thread that reads them all, and must be quick
    /// @return nothing if too many listen already, or the server stops
    public synchronized Optional<Listener> listen(Predicate<LiveEvent> wanted) {
        if (!hasRoom()) {
            return Optional.empty();
        }
        if (stream == null) {
            stream = open();
        }
        Listener listener = new Listener(wanted);
        listeners.add(listener);
        return Optional.of(listener);
    }

    /// Whether one more may listen.
    public synchronized boolean hasRoom() {
        return !closed && listeners.size() < MAX_LISTENERS;
    }

    /// Whether there is a stream.
    synchronized boolean isStreaming() {
        return stream != null;
    }

    /// Ends the stream; who listens is told.
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
        RecordingStream running = stream;
        stream = null;
        if (running != null) {
            running.close();
        }
    }

    private RecordingStream open() {
        RecordingStream opened = new RecordingStream();
        opened.setMaxAge(KEPT);
        for (String name : Events.NAMES) {
            opened.enable(name);
            opened.onEvent(name, this::tell);
        }
        opened.startAsync();
        return opened;
    }

    private void tell(RecordedEvent recorded) {
        LiveEvent event = LiveEvent.of(recorded);
        for (Listener listener : listeners) {
            listener.offer(event);
        }
    }
}
