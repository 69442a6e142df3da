package dev.heddle.recording;

import dev.heddle.config.JfrSettings;
import dev.heddle.telemetry.Counters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks once a second whether something has happened of which one will want to see what came
/// before, and then writes the ring to a file: at most one in five minutes.
///
/// **Has a platform thread**, since virtual ones may be what does not go on.
final class Incidents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final String SLOW = "slow consumers";
    private static final String FULL = "hub queue full";
    private static final String PAUSE = "long GC pause";
    private static final String DEADLOCK = "deadlock";
    private static final List<String> REASONS = List.of(SLOW, FULL, PAUSE, DEADLOCK);
    private static final Duration QUIET = Duration.ofMinutes(5);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);
    private static final int LONG_PAUSE_MILLIS = 1_000;
    private static final int MAX_FILES = 5;
    private static final int SLOW_CONSUMER_SECONDS = 10;
    private static final int FULL_SECONDS = 5;
    private static final int DEADLOCK_SECONDS = 10;

    private final BackgroundRecording ring;
    private final Counters counters;
    private final IncidentFiles files;
    private final Clocks clocks;
    private final RateAlarm slowConsumers;
    private final RateAlarm pauses = new RateAlarm(1, LONG_PAUSE_MILLIS);
    private final StreakAlarm hubWaits = new StreakAlarm(FULL_SECONDS);
    private final Set<Long> deadlocked = new HashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isWritten;
    private long writtenNanos;
    private int seconds;

    /// Looks; not started where nobody watches.
    private final Thread thread =
            Thread.ofPlatform().daemon().name("heddle-incidents").unstarted(this::watch);

    /// The clocks that it reads.
    interface Clocks {
        /// For the names of files.
        Instant now();

        /// From any start: nobody sets this one.
        long nanos();

        /// How long collections have stopped everything until now.
        long pausedMillis();
    }

    private static final class SystemClocks implements Clocks {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        /// By all collections; those of a collector that stops nobody are named cycles.
        @Override
        public long pausedMillis() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(collector -> !collector.getName().endsWith("Cycles"))
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
        }
    }

    Incidents(BackgroundRecording ring, JfrSettings settings, Counters counters, Clocks clocks) {
        this.ring = ring;
        this.counters = counters;
        this.clocks = clocks;
        Counters.expect(counters.incidentsByReason(), REASONS);
        this.files = new IncidentFiles(settings.incidents(), MAX_FILES, settings.maxFolderBytes());
        this.slowConsumers = new RateAlarm(SLOW_CONSUMER_SECONDS, settings.slowConsumers());
        pauses.note(clocks.pausedMillis()); // what was before is no incident
    }

    /// Starts to look for incidents, until it is closed.
    static Incidents watch(BackgroundRecording ring, JfrSettings settings, Counters counters) {
        Incidents incidents = new Incidents(ring, settings, counters, new SystemClocks());
        incidents.thread.start();
        return incidents;
    }

    /// Stops looking. Blocks until nothing is written any more, for 5 s at most.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_BOUND);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// The look that is taken once a second.
    void look() {
        try {
            ring.renew(counters.accepted.sum());
            if (slowConsumers.note(counters.slowConsumers.sum())) {
                happened(SLOW);
            }
            if (hubWaits.note(counters.hubWaits.sum())) {
                happened(FULL);
            }
            if (pauses.note(clocks.pausedMillis())) {
                happened(PAUSE);
            }
            if (++seconds % DEADLOCK_SECONDS == 0 && noteDeadlocks()) {
                happened(DEADLOCK);
            }
        } catch (IOException ended) {
            LOG.warn("the recording in the background has ended: {}", ended.toString());
            closed.countDown();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    /// Among platform threads; the JVM does not look for deadlocks among virtual ones.
    private boolean noteDeadlocks() {
        long[] ids = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        boolean isNew = false;
        for (long id : ids == null ? new long[0] : ids) {
            isNew |= deadlocked.add(id);
        }
        return isNew;
    }

    private void happened(String reason) {
        counters.incident(reason);
        if (isWritten && clocks.nanos() - writtenNanos < QUIET.toNanos()) {
            return;
        }
        try {
            Path file = files.next(reason, clocks.now());
            ring.dump(file);
            isWritten = true;
            writtenNanos = clocks.nanos();
            LOG.warn("incident: {}; the minutes before it are in {}", reason, file);
            tidy();
        } catch (IOException unwritten) {
            counters.recordingsMissed.increment();
            LOG.warn("incident: {}; it cannot be recorded: {}", reason, unwritten.toString());
        }
    }

    private void tidy() {
        try {
            files.tidy();
        } catch (IOException left) {
            LOG.warn("cannot delete older recordings of incidents: {}", left.toString());
        }
    }
}
