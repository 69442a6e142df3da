package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.JfrSettings;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

class IncidentsTest {
    private static final int SLOW = 20;

    @TempDir private Path folder;
    private final Counters counters = new Counters();
    private Instant now = Instant.parse("2026-11-21T21:30:00Z");
    private long nanos = Long.MAX_VALUE;
    private long pausedMillis = 60_000;
    private BackgroundRecording ring;
    private Incidents incidents;

    @BeforeEach
    void record() throws IOException {
        ring = BackgroundRecording.start(settings()).orElseThrow();
        incidents = new Incidents(ring, settings(), counters, new HandTurnedClocks());
    }

    private final class HandTurnedClocks implements Incidents.Clocks {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long pausedMillis() {
            return pausedMillis;
        }
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
        nanos += seconds * 1_000_000_000L;
    }

    private void happens() {
        counters.slowConsumers.add(2 * SLOW);
        look(30);
    }

    private JfrSettings settings() {
        return new JfrSettings(
                Duration.ofMinutes(5), 8 << 20, folder.toString(), 64 << 20, SLOW, false);
    }

    @AfterEach
    void end() {
        ring.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private long counted(String reason) {
        var count = counters.incidentsByReason().get(reason);
        return count == null ? 0 : count.sum();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            incidents.look();
        }
    }

    @Test
    void manySlowConsumersWriteWhatCameBefore() throws IOException {
        counters.slowConsumers.add(SLOW);
        look(1);
        assertEquals(List.of(), files());
        counters.slowConsumers.increment();
        look(1);
        assertEquals(
                List.of(folder.resolve("heddle-20261121T213000Z-slow-consumers.jfr")), files());
        assertFalse(RecordingFile.readAllEvents(files().getFirst()).isEmpty());
        assertEquals(1, counted("slow consumers"));
    }

    @Test
    void slowConsumersOverALongTimeAreNoIncident() throws IOException {
        for (int i = 0; i < 100; i++) {
            counters.slowConsumers.add(SLOW / 10);
            look(1);
        }
        assertEquals(0, counted("slow consumers"));
        assertEquals(List.of(), files());
    }

    @Test
    void thereIsOneFileInFiveMinutesThoughAllAreCounted() throws IOException {
        for (int i = 0; i < 3; i++) {
            happens();
            pass(149);
        }
        assertEquals(3, counted("slow consumers"));
        assertEquals(1, files().size());
        pass(2);
        happens();
        assertEquals(2, files().size());
    }

    @Test
    void aClockThatIsSetBackKeepsNoIncidentFromItsFile() throws IOException {
        happens();
        pass(300);
        now = now.minus(Duration.ofDays(1));
        happens();
        assertEquals(2, files().size());
    }

    @Test
    void anIncidentAfterOneThatCouldNotBeWrittenHasItsFile() throws IOException {
        Files.delete(folder);
        Files.writeString(folder, "a file is in the way");
        happens();
        Files.delete(folder);
        happens();
        assertEquals(1, files().size());
        assertEquals(1, counters.recordingsMissed.sum());
    }

    @Test
    void whereAnOldFileCannotBeDeletedTheNewOneIsNotMissed() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path undeletable = folder.resolve("heddle-" + i + ".jfr").resolve("inside");
            Files.createDirectories(undeletable);
        }
        happens();
        assertEquals(6, files().size());
        assertEquals(0, counters.recordingsMissed.sum());
    }

    @Test
    void aHubThatIsFullForSecondsIsOne() throws IOException {
        for (int i = 0; i < 4; i++) {
            counters.hubWaits.increment();
            look(1);
        }
        look(1);
        assertEquals(0, counted("hub queue full"));
        for (int i = 0; i < 9; i++) {
            counters.hubWaits.increment();
            look(1);
        }
        assertEquals(1, counted("hub queue full"));
        assertTrue(files().getFirst().toString().endsWith("-hub-queue-full.jfr"));
    }

    @Test
    void aLongPauseIsOneAndManyShortOnesAreNot() throws IOException {
        for (int i = 0; i < 30; i++) {
            pausedMillis += 1_000;
            look(1);
        }
        assertEquals(0, counted("long GC pause"));
        pausedMillis += 1_001;
        look(30);
        assertEquals(1, counted("long GC pause"));
        assertTrue(files().getFirst().toString().endsWith("-long-GC-pause.jfr"));
    }

    @Test
    void theRingGoesOnAfterItHasBegunAnewForManyConnections() throws IOException {
        counters.accepted.add(1_000_000);
        look(2);
        Path file = folder.resolve("after.jfr");
        ring.dump(file);
        assertTrue(Files.size(file) > 0);
        assertEquals(0, counters.recordingsMissed.sum());
    }

    @Test
    void aDeadlockIsOneOnce() throws Exception {
        ReentrantLock one = new ReentrantLock();
        ReentrantLock other = new ReentrantLock();
        CyclicBarrier both = new CyclicBarrier(2);
        Thread first = Thread.ofPlatform().start(() -> lock(one, other, both));
        Thread second = Thread.ofPlatform().start(() -> lock(other, one, both));
        while (!one.hasQueuedThread(second) || !other.hasQueuedThread(first)) {
            Thread.onSpinWait();
        }
        look(30);
        first.interrupt();
        second.interrupt();
        first.join();
        second.join();
        assertEquals(1, counted("deadlock"));
        assertTrue(files().getFirst().toString().endsWith("-deadlock.jfr"));
    }

    private static void lock(Lock mine, Lock yours, CyclicBarrier both) {
        mine.lock();
        try {
            both.await();
            yours.lockInterruptibly();
            yours.unlock();
        } catch (InterruptedException | BrokenBarrierException ended) {
            Thread.currentThread().interrupt();
        } finally {
            mine.unlock();
        }
    }

    @Test
    void whatCannotBeWrittenIsCountedAndTheServerGoesOn() throws IOException {
        Files.delete(folder);
        Files.writeString(folder, "a file is in the way");
        counters.slowConsumers.add(SLOW + 1);
        look(1);
        assertEquals(1, counted("slow consumers"));
        assertEquals(1, counters.recordingsMissed.sum());
        assertEquals(0, counters.bugs.sum());
    }

    @Test
    void closingWaitsForWhatIsBeingWritten() throws Exception {
        Incidents watching = Incidents.watch(ring, settings(), counters);
        Thread closer = Thread.ofPlatform().unstarted(watching::close);
        BackgroundRecording slow = ring;
        synchronized (slow) { // as if it took long to write it
            counters.slowConsumers.add(2 * SLOW);
            Soon.until(() -> state("heddle-incidents") == Thread.State.BLOCKED);
            closer.start();
            Soon.until(
                    () ->
                            closer.getState() == Thread.State.TIMED_WAITING
                                    || closer.getState() == Thread.State.TERMINATED);
            assertTrue(closer.isAlive(), "has not waited");
        }
        closer.join();
    }

    private static Thread.State state(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .map(Thread::getState)
                .findAny()
                .orElse(Thread.State.NEW);
    }
}
